import { setTimeout as sleep } from 'node:timers/promises';
import { Runtime } from '@temporalio/worker';
import { Ledger } from '../../activities/ledger/ledger.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { type S3Connection, connectS3 } from '../../storage/create-s3-client.ts';
import type { AddressPolicy } from '../../storage/output-address.ts';
import { createPartSender } from '../../storage/part-sender.ts';
import { createSafeAgent } from '../../storage/safe-agent.ts';
import { createTransferMemory } from '../../storage/transfer-memory.ts';
import { createTransfer } from '../../storage/transfer.ts';
import { loadDevConfig } from '../configuration/dev-config.ts';
import { readHostDelays } from '../configuration/host-limits.ts';
import { openHosts } from '../open-hosts.ts';
import { createOutputTransfers } from '../output-transfers.ts';
import { startRescue } from '../rescue/start-rescue.ts';
import { createObjectStore } from '../../storage/object-store.ts';
import {
  type FollowDependencies,
  type HeardWebhook,
  followWebhook,
  keepHint,
} from '../../activities/webhooks/follow-webhook.ts';
import { WebhookHints } from '../../activities/ledger/webhook-hints.ts';
import type { TemporalNamespace } from '../../client/connection/temporal-namespace.ts';
import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import { showAddress } from '../configuration/read-listen-address.ts';
import { bucketCheck } from '../health/checks.ts';
import {
  askForMs,
  describeSurroundings,
  keepWatch,
  type KeptWatch,
  type TemporalPlace,
} from '../health/keep-watch.ts';
import { countPurchases } from '../metrics/count-purchases.ts';
import { createCompleteWaiting } from './complete-waiting.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { createHostSecret } from './host-secret.ts';
import type { WebhookReceiver } from './receive-webhook.ts';
import { createRefusalLog } from './refusal-log.ts';
import { createSeenIds } from './seen-ids.ts';
import { startWebhookServer, type WebhookServer } from './webhook-server.ts';
import { WorkQueue } from './work-queue.ts';

/** Webhooks followed at a time, and those that may wait: some seconds of work. */
const limits = { atOnce: 16, waiting: 1_000 };

/** An endpoint that takes webhooks. */
export interface RunningWebhooks extends WebhookServer {
  /** Resolves when all webhooks taken so far are followed. */
  settled(): Promise<void>;
}

/** How long taken webhooks may be followed after the endpoint is told to stop, in milliseconds. */
const finishForMs = 15_000;

/**
 * Composes the endpoint: bucket, host, Temporal, and a server that listens. Several may run on the same bucket; each
 * follows the webhooks that it receives.
 */
export async function startWebhooks(settings: EndpointSettings): Promise<RunningWebhooks> {
  const { hosts: hostSettings, queues } = await loadDevConfig(settings.configFile);
  const taskQueue = `${settings.queuePrefix ?? queues.prefix}-orchestrator`;
  const temporal = await connectTemporal(undefined, taskQueue);
  const place = placeOf(temporal);
  const s3 = connectS3(settings.s3);
  const store = createObjectStore(s3);
  const replicate = createReplicateHost(settings.replicate);
  const opened = openHosts({ replicate: { open: () => replicate } }, readHostDelays(hostSettings));
  const fetching = await createFetching(settings, s3);
  const letGo = async () => {
    store.close();
    await Promise.all([opened.close(), fetching.close(), temporal.close()]);
  };
  const queue = new WorkQueue(limits);
  const dependencies = {
    ledger: new Ledger(store, countPurchases(Runtime.instance().metricMeter)),
    hosts: opened.hosts,
    hints: new WebhookHints(store),
    completeWaiting: createCompleteWaiting(temporal),
  };
  const receiver = createReceiver(settings, { replicate, queue, dependencies });
  const rescue = startRescue({
    client: temporal.client,
    taskQueue,
    dependencies: { ...dependencies, ...fetching },
    logger: Runtime.instance().logger,
  });
  let watch: KeptWatch | undefined;
  try {
    watch = await keepWatch(place, settings.health, { bucket: bucketCheck(store) });
    const server = await startWebhookServer(receiver, settings);
    const listens = showAddress({ ip: settings.ip, port: server.port });
    const around = describeSurroundings(place, settings);
    Runtime.instance().logger.info('Receiving webhooks', {
      address: listens,
      ...around,
      queues: [taskQueue],
    });
    return {
      port: server.port,
      settled: () => queue.idle(),
      close: async () => {
        await watch?.close();
        await server.close();
        await rescue.close();
        await waitAtMost(queue.idle(), finishForMs);
        await letGo();
      },
    };
  } catch (error) {
    await watch?.close();
    await rescue.close();
    await letGo();
    throw error;
  }
}

interface Receiving {
  readonly replicate: ReturnType<typeof createReplicateHost>;
  readonly queue: WorkQueue;
  readonly dependencies: FollowDependencies;
}

function createReceiver(
  settings: EndpointSettings,
  { replicate, queue, dependencies }: Receiving,
): WebhookReceiver {
  return {
    host: replicate.name,
    secret: settings.secret,
    hostSecret: createHostSecret(settings.hostSecret, () => replicate.readWebhookSecret()),
    seen: createSeenIds(),
    queue,
    keep: (heard: HeardWebhook) => keepHint(dependencies, heard),
    follow: createFollow(dependencies),
    logRefusal: createRefusalLog(Runtime.instance().logger),
  };
}

function placeOf(temporal: TemporalNamespace): TemporalPlace {
  const { address, namespace, connection } = temporal;
  const ask = () => temporal.within(askForMs, () => connection.workflowService.getSystemInfo({}));
  return { address, namespace, ask };
}

/** Creates the rescue's transfers with a memory limit of their own, because this process is small. */
async function createFetching(
  { catalogueFile, outputHosts, allowsFakeAddresses, trustsProxy, rescueMemoryMiB }: EndpointSettings,
  s3: S3Connection,
) {
  const agent = createSafeAgent({ allowsFakeAddresses, trustsProxy });
  const partSender = createPartSender(s3);
  const shared = {
    s3,
    partSender,
    memory: createTransferMemory({ memoryMiB: rescueMemoryMiB, partMiB: 8 }),
    limits: { partsAtOnce: 2 },
  };
  const readUnder = (policy: AddressPolicy) => createTransfer({ ...shared, reader: { agent, policy } });
  return {
    catalogue: await loadCatalogue(catalogueFile),
    transfers: createOutputTransfers(readUnder, outputHosts),
    close: async () => {
      await Promise.all([agent.close(), partSender.close()]);
    },
  };
}

async function waitAtMost(work: Promise<void>, atMostMs: number): Promise<void> {
  const over = new AbortController();
  const limit = sleep(atMostMs, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, limit]);
  over.abort();
}

/** Follows webhooks without retries, because the next look finds what a webhook could not. */
function createFollow(dependencies: FollowDependencies): (heard: HeardWebhook) => Promise<void> {
  const { logger } = Runtime.instance();
  return async (heard) => {
    const { ledgerKey, predictionId } = heard;
    try {
      const followed = await followWebhook(dependencies, heard);
      const facts = { ledgerKey, predictionId, result: followed };
      if (followed === 'twin past saving')
        logger.warn('The host took an order twice and bills both; ask it for the money back', facts);
      else logger[followed === 'unknown order' ? 'warn' : 'info']('Webhook followed', facts);
    } catch (error) {
      logger.warn('Webhook not followed; the next look finds the end', { ledgerKey, predictionId, error });
    }
  };
}
