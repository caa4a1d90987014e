import type { WorkerOptions } from '@temporalio/worker';
import { NativeConnection } from '@temporalio/worker';

import type { ActivityDependencies } from '../../activities/index.ts';
import { createWorkers, type Pool, type ReleaseName } from '../../workers/create-workers.ts';
import type { WorkerSettings } from '../../workers/configuration/worker-settings.ts';
import { testWorkflowBundle } from './workflow-bundle.ts';

/** Workers in this process. */
export interface ServingWorkers {
  stop(): Promise<void>;
}

export interface ServeOptions {
  readonly settings: WorkerSettings;
  readonly dependencies: ActivityDependencies;
  /** Default: the current workflows. */
  readonly workflowBundle?: NonNullable<WorkerOptions['workflowBundle']> | undefined;
  /** The release of the workflows. Default: none. */
  readonly release?: ReleaseName;
  /** Default: all. */
  readonly pools?: readonly Pool[] | undefined;
}

/** Serves queues of the settings until it is stopped. */
export async function serveInProcess(options: ServeOptions): Promise<ServingWorkers> {
  const { dependencies, settings, pools } = options;
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
  const workflowBundle = options.workflowBundle ?? (await testWorkflowBundle());
  const workers = await createWorkers({
    connection,
    namespace,
    queues: settings.queues,
    ...(pools ? { pools } : {}),
    dependencies,
    workflowBundle,
    ...(options.release ? { release: options.release } : {}),
  });
  const ended = Promise.all(workers.map((worker) => worker.run()));
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await ended;
    await connection.close();
  };
  return { stop: () => (stopping ??= stop()) };
}
