import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { loadClientConnectConfig } from '@temporalio/envconfig';

import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { ensureSearchAttributes } from '../client/register-search-attributes.ts';
import { usualAddress } from '../client/connection/connect-temporal.ts';
import { workerProxy } from '../client/connection/through-proxy.ts';
import { toUnreachable } from '../client/connection/to-client-error.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { createDependencies, type OpenDependencies } from './create-dependencies.ts';
import { createWorkers, pools, type Pool } from './create-workers.ts';
import { bucketCheck, toolsCheck, workersCheck } from './health/checks.ts';
import { askForMs, describeSurroundings, keepWatch, type TemporalPlace } from './health/keep-watch.ts';
import { type FleetWatch, watchFleet } from './metrics/watch-fleet.ts';
import { startHostAccounts } from './start-host-accounts.ts';
import { type RunningRescue, startRescue } from './rescue/start-rescue.ts';
import { loadWorkflowBundle } from './workflow-bundle.ts';
import type { WorkerSettings } from './configuration/worker-settings.ts';

/** A worker that serves its queues until it is told to stop. */
export interface RunningWorker {
  /** Settles when every queue has stopped; rejects when one fails. */
  readonly done: Promise<void>;
  /** Takes no new work, lets running work finish within the grace time, and hands over the rest. */
  stop(): Promise<void>;
}

/**
 * Connects as the environment says (`TEMPORAL_*` or a `temporal.toml`) and serves the queues of the pools.
 *
 * @param servedPools default: all
 */
export async function runWorker(
  settings: WorkerSettings,
  servedPools?: readonly Pool[],
): Promise<RunningWorker> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  const [connection, dependencies, workflowBundle] = await Promise.all([
    connectTemporal(connectionOptions, namespace),
    createDependencies(settings),
    loadWorkflowBundle(),
  ]);
  const servedNamespace = namespace ?? 'default';
  await requireSearchAttributes(connection, servedNamespace);
  const workers = await createWorkers({
    connection,
    namespace: servedNamespace,
    queues: settings.queues,
    pools: servedPools,
    dependencies,
    workflowBundle,
    release: settings.release,
  });
  // Processes that run workflows send accounts their limits; one that only transfers need not.
  if (servedPools?.includes('orchestrator') !== false) {
    await startHostAccounts(connection, servedNamespace, settings);
  }
  const client = new Client({ connection, namespace: servedNamespace });
  const rescue = rescueFiles(client, settings, { dependencies, servedPools });
  const address = connectionOptions.address ?? usualAddress;
  const place = { address, namespace: servedNamespace, ask: () => askTemporal(connection) };
  const { logger } = Runtime.instance();
  const watch = await keepWatch(place, settings.health, {
    workers: workersCheck(workers),
    bucket: bucketCheck(dependencies.store),
    tools: toolsCheck(settings.tools),
  });
  const fleet = watchOwnFleet(client, settings, servedPools);
  const stopAll = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const done = Promise.all(workers.map((worker) => worker.run()))
    .catch((error: unknown) => {
      stopAll();
      throw error;
    })
    .finally(async () => {
      await Promise.all([watch.close(), fleet?.close(), rescue?.close()]);
    })
    .then(async () => {
      await dependencies.close();
      // Logged first, because Temporal's runtime and its log end with the last connection.
      logger.info('Stopped');
      await connection.close();
    });
  logServing(workers, { place, settings, servedPools });
  return {
    done,
    stop: async () => {
      stopAll();
      await done;
    },
  };
}

function logServing(
  workers: readonly Worker[],
  { place, settings, servedPools = pools }: Served & { readonly place: TemporalPlace },
): void {
  Runtime.instance().logger.info('Serving', {
    pools: servedPools,
    ...describeSurroundings(place, settings),
    queues: workers.map(({ options }) => options.taskQueue),
    release: settings.release?.buildId,
  });
}

interface Served {
  readonly settings: WorkerSettings;
  readonly servedPools: readonly Pool[] | undefined;
}

function rescueFiles(
  client: Client,
  { queues }: WorkerSettings,
  { dependencies, servedPools }: { dependencies: OpenDependencies; servedPools: readonly Pool[] | undefined },
): RunningRescue | undefined {
  if (servedPools?.includes('transfer') === false) return undefined;
  return startRescue({
    client,
    taskQueue: `${queues.prefix}-orchestrator`,
    dependencies: { ...dependencies, transfers: dependencies.outputTransfers },
    logger: Runtime.instance().logger,
  });
}

async function askTemporal(connection: NativeConnection): Promise<void> {
  await connection.withDeadline(Date.now() + askForMs, () => connection.workflowService.getSystemInfo({}));
}

/** Counts all videos in processes that run workflows, where metrics are served. */
function watchOwnFleet(
  client: Client,
  { metrics, queues }: WorkerSettings,
  servedPools: readonly Pool[] = pools,
): FleetWatch | undefined {
  if (!metrics || !servedPools.includes('orchestrator')) return undefined;
  const { logger, metricMeter } = Runtime.instance();
  const taskQueue = `${queues.prefix}-orchestrator`;
  const onProblem = (error: unknown) => {
    logger.info('Videos were not counted', { error });
  };
  return watchFleet({ client, taskQueue, meter: metricMeter, onProblem });
}

/** @throws ServerUnreachable naming the address */
async function connectTemporal(
  options: Parameters<typeof NativeConnection.connect>[0] & object,
  namespace = 'default',
): Promise<NativeConnection> {
  const { address = usualAddress } = options;
  try {
    return await NativeConnection.connect({ ...options, ...workerProxy(options) });
  } catch (error) {
    throw toUnreachable({ doing: 'Starting the worker', at: { address, namespace } }, error);
  }
}

/** Requires the search attributes, without which the first upsert would block every video. */
async function requireSearchAttributes(connection: NativeConnection, namespace: string): Promise<void> {
  const { missing = [] } = await ensureSearchAttributes(connection, namespace);
  if (missing.length === 0) return;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `The namespace ${namespace} has no search attributes ${missing.join(', ')}, and this worker may not register them. ` +
      `An operator can: temporal operator search-attribute create --namespace ${namespace} --name NAME --type TYPE ` +
      '(BeatreelPhase, BeatreelTenant and BeatreelGate Keyword, BeatreelBeats and BeatreelRevision Int, BeatreelCostUsd Double).',
  );
}
