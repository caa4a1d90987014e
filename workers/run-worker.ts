import { NativeConnection } from '@temporalio/worker';
import { loadClientConnectConfig } from '@temporalio/envconfig';

import { ensureSearchAttributes } from '../client/register-search-attributes.ts';
import { createDependencies } from './create-dependencies.ts';
import type { Pool } from './create-workers.ts';
import { createWorkers } from './create-workers.ts';
import { loadWorkflowBundle } from './workflow-bundle.ts';
import type { WorkerSettings } from './worker-settings.ts';

/** A worker that serves its queues until it is told to stop. */
export interface RunningWorker {
  /** Settles when every queue has stopped; rejects when one fails. */
  readonly done: Promise<void>;
  /** Takes no new work, lets what runs finish within the grace time, and hands over the rest. */
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
    NativeConnection.connect(connectionOptions),
    createDependencies(settings),
    loadWorkflowBundle(),
  ]);
  const servedNamespace = namespace ?? 'default';
  // Without them the first upsert of a video would hold it up for ever.
  await ensureSearchAttributes(connection, servedNamespace);
  const workers = await createWorkers({
    connection,
    namespace: servedNamespace,
    queues: settings.queues,
    ...(servedPools ? { pools: servedPools } : {}),
    dependencies,
    workflowBundle,
  });
  const stopAll = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const done = Promise.all(workers.map((worker) => worker.run()))
    .catch((error: unknown) => {
      stopAll();
      throw error;
    })
    .then(async () => {
      await dependencies.close();
      await connection.close();
    });
  return {
    done,
    stop: async () => {
      stopAll();
      await done;
    },
  };
}
