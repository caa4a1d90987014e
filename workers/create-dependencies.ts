import { Runtime } from '@temporalio/worker';

import { createAccountGate } from '../activities/account/account-gate.ts';
import type { ActivityDependencies } from '../activities/index.ts';
import { Ledger } from '../activities/ledger/ledger.ts';
import { createHostFiles } from '../activities/providers/address-file.ts';
import { type Catalogue, loadCatalogue } from '../activities/providers/catalogue.ts';
import { createChatCompletionsModel } from '../activities/providers/chat-completions/chat-completions-model.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { createPollPacer } from '../activities/runtime/poll-pacer.ts';
import { sweepScratch } from '../activities/runtime/scratch.ts';
import { assertConditionalWrites } from '../storage/conditional-writes.ts';
import { connectS3 } from '../storage/create-s3-client.ts';
import { type ObjectStore, createObjectStore } from '../storage/object-store.ts';
import { type AddressPolicy, publicAddressPolicy } from '../storage/output-address.ts';
import { createPartSender } from '../storage/part-sender.ts';
import { createSafeAgent } from '../storage/safe-agent.ts';
import { createTransferMemory } from '../storage/transfer-memory.ts';
import { createTransfer } from '../storage/transfer.ts';
import { type AddressWebhook, createWebhookAddresses } from '../activities/webhooks/webhook-address.ts';
import { WebhookHints } from '../activities/ledger/webhook-hints.ts';
import { builtInPlanner } from '../domain/schemas/catalogue-schema.ts';
import { scaleBeliefs } from '../domain/beliefs.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { countPurchases } from './metrics/count-purchases.ts';
import { openHosts } from './open-hosts.ts';
import { createOutputTransfers } from './output-transfers.ts';
import type { WorkerSettings } from './configuration/worker-settings.ts';

/** The dependencies of a worker's activities, with their connections. */
export interface OpenDependencies extends ActivityDependencies {
  close(): Promise<void>;
}

/** How long a host may read a file of ours, in seconds: its own limit for a prediction. */
const publicAddressSeconds = 3600;

/**
 * Composes everything a worker needs, and refuses a store that cannot carry the ledger.
 *
 * @throws BeatreelFailure when the store ignores conditional writes, or the planner is not in the catalogue
 */
export async function createDependencies(settings: WorkerSettings): Promise<OpenDependencies> {
  const s3 = connectS3(settings.s3);
  const store = createObjectStore(s3);
  await assertConditionalWrites(store, 'checks/');
  await sweepScratch(settings.scratchRoot);
  const counts = countPurchases(Runtime.instance().metricMeter);
  const catalogue = await loadCatalogue(settings.catalogueFile);
  assertPlanner(settings.defaultPlanner, catalogue);
  const opened = openHosts(settings.modelHosts, settings.hostDelays);
  const languageModel = createChatCompletionsModel(settings.chat);
  const agent = createSafeAgent({
    allowsFakeAddresses: settings.allowsFakeAddresses,
    trustsProxy: settings.trustsProxy,
  });
  const { memoryMiB, partMiB, partsInFlight } = settings.queues.transfer;
  const shared = {
    s3,
    partSender: createPartSender(s3),
    memory: createTransferMemory({ memoryMiB, partMiB }),
    limits: { partsAtOnce: partsInFlight },
  };
  const readUnder = (policy: AddressPolicy) => createTransfer({ ...shared, reader: { agent, policy } });
  return {
    store,
    ledger: new Ledger(store, counts),
    notePlanCost: counts.planned,
    hosts: opened.hosts,
    catalogue,
    languageModel,
    defaultPlanner: settings.defaultPlanner,
    accounts: createAccountGate(store),
    createHostFiles: createHostFiles(fileSource(store, settings)),
    hints: new WebhookHints(store),
    addressWebhook: addressWebhook(settings),
    beliefs: scaleBeliefs(settings.beliefShare),
    pacer: createPollPacer({ readsPerSecond: settings.queues.waiting.ratePerSecond }),
    outputTransfers: createOutputTransfers(readUnder, settings.outputHosts),
    callerTransfer: readUnder(publicAddressPolicy),
    tools: settings.tools,
    limits: settings.maximums,
    hostLimits: settings.hosts,
    logFolder: settings.logFolder,
    scratchRoot: settings.scratchRoot,
    close: async () => {
      store.close();
      await languageModel.close();
      await Promise.all([opened.close(), agent.close(), shared.partSender.close()]);
    },
  };
}

/** @throws BeatreelFailure InvalidRequest */
function assertPlanner(name: string | undefined, { planners }: Catalogue): void {
  const known = [builtInPlanner, ...planners.map((planner) => planner.name)];
  if (name === undefined || known.includes(name)) return;
  const message = `BEATREEL_PLANNER is "${name}": one of ${known.join(', ')}.`;
  throw new BeatreelFailure(failureTypes.invalidRequest, message);
}

function addressWebhook({ webhooks }: WorkerSettings): AddressWebhook {
  return webhooks ? createWebhookAddresses(webhooks.publicUrl, webhooks.secret) : () => undefined;
}

function fileSource(store: ObjectStore, { s3 }: WorkerSettings): Parameters<typeof createHostFiles>[0] {
  return {
    publicAddress: ({ key }) =>
      s3.publicEndpoint === undefined
        ? undefined
        : store.presignGet(key, { expiresSeconds: publicAddressSeconds, publicEndpoint: true }),
    read: async ({ key }, signal) => (await store.getStream(key, { signal })).body,
  };
}
