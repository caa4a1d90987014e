import { randomUUID } from 'node:crypto';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

import type { Activities } from '../../../activities/index.ts';
import { bundleWorkflows } from '../../../workers/workflow-bundle.ts';

/** Workers for all queues of a test, with the real workflow. */
export interface Fleet {
  /** The queue that videos are started on. */
  readonly taskQueue: string;
  stop(): Promise<void>;
}

const activityQueues = ['planning', 'stills', 'chunks', 'score', 'waiting', 'transfer', 'render', 'cleanup'];

let bundle: ReturnType<typeof bundleWorkflows> | undefined;

/** Serves queues of its own. */
export async function startFleet(address: string, activities: Activities): Promise<Fleet> {
  installQuietRuntime();
  const workflowBundle = await (bundle ??= bundleWorkflows());
  const connection = await NativeConnection.connect({ address });
  const prefix = `test-${randomUUID().slice(0, 8)}`;
  const taskQueue = `${prefix}-orchestrator`;
  const workers = await Promise.all([
    Worker.create({ connection, taskQueue, workflowBundle }),
    ...activityQueues.map((queue) =>
      Worker.create({ connection, taskQueue: `${prefix}-${queue}`, activities }),
    ),
  ]);
  const done = Promise.all(workers.map((worker) => worker.run()));
  return {
    taskQueue,
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await done;
      await connection.close();
    },
  };
}

let installed = false;

/** Silences the log, because these tests cause failures on purpose. */
function installQuietRuntime(): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } },
  });
}
