import { setTimeout as sleep } from 'node:timers/promises';

import { Runtime } from '@temporalio/worker';

import { Ledger } from '../../activities/ledger/ledger.ts';
import { createHosts } from '../../activities/providers/hosts.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { createObjectStore } from '../../storage/object-store.ts';
import type { FollowDependencies, HeardWebhook } from '../../activities/webhooks/follow-webhook.ts';
import { followWebhook, keepHint } from '../../activities/webhooks/follow-webhook.ts';
import { WebhookHints } from '../../activities/ledger/webhook-hints.ts';
import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import { orchestratorQueue } from '../../workflows/messages.ts';
import { createCompleteWaiting } from './complete-waiting.ts';
import type { EndpointSettings } from './endpoint-settings.ts';
import { createHostSecret } from './host-secret.ts';
import { createRefusalLog } from './refusal-log.ts';
import { createSeenIds } from './seen-ids.ts';
import type { WebhookServer } from './webhook-server.ts';
import { startWebhookServer } from './webhook-server.ts';
import { WorkQueue } from './work-queue.ts';

/** Reads of the host and the bucket at a time, and webhooks that may wait for one: some seconds of work. */
const limits = { atOnce: 16, waiting: 1_000 };

/** An endpoint that takes webhooks. */
export interface RunningWebhooks extends WebhookServer {
  /** Resolves when everything that was taken so far is followed. */
  settled(): Promise<void>;
}

/** How long what was taken may go on after the endpoint is told to stop, in milliseconds. */
const finishForMs = 15_000;

/**
 * Composes the endpoint: bucket, host, Temporal, and a server that listens. Several may run on the same bucket; each
 * follows what it hears.
 */
export async function startWebhooks(settings: EndpointSettings): Promise<RunningWebhooks> {
  const temporal = await connectTemporal(undefined, orchestratorQueue);
  const store = createObjectStore(settings.s3);
  const replicate = createReplicateHost(settings.replicate);
  const letGo = async () => {
    store.close();
    await Promise.all([replicate.close(), temporal.close()]);
  };
  const queue = new WorkQueue(limits);
  const dependencies = {
    ledger: new Ledger(store),
    hosts: createHosts([replicate]),
    hints: new WebhookHints(store),
    completeWaiting: createCompleteWaiting(temporal),
  };
  const receiver = {
    host: replicate.name,
    secret: settings.secret,
    hostSecret: createHostSecret(settings.hostSecret, () => replicate.readWebhookSecret()),
    seen: createSeenIds(),
    queue,
    keep: (heard: HeardWebhook) => keepHint(dependencies, heard),
    follow: createFollow(dependencies),
    logRefusal: createRefusalLog(Runtime.instance().logger),
  };
  try {
    const server = await startWebhookServer(receiver, settings);
    return {
      port: server.port,
      settled: () => queue.idle(),
      close: async () => {
        await server.close();
        await waitAtMost(queue.idle(), finishForMs);
        await letGo();
      },
    };
  } catch (error) {
    await letGo();
    throw error;
  }
}

async function waitAtMost(work: Promise<void>, atMostMs: number): Promise<void> {
  const over = new AbortController();
  const limit = sleep(atMostMs, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, limit]);
  over.abort();
}

/** What cannot be followed is found by the next look: nothing is tried again here. */
function createFollow(dependencies: FollowDependencies): (heard: HeardWebhook) => Promise<void> {
  const { logger } = Runtime.instance();
  return async (heard) => {
    const { ledgerKey, predictionId } = heard;
    try {
      const followed = await followWebhook(dependencies, heard);
      const isOdd = followed === 'another prediction' || followed === 'unknown order';
      logger[isOdd ? 'warn' : 'info']('Webhook followed', { ledgerKey, predictionId, result: followed });
    } catch (error) {
      logger.warn('Webhook not followed; the next look finds the end', { ledgerKey, predictionId, error });
    }
  };
}
