import { availableParallelism } from 'node:os';

import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';

import { type ActivityDependencies, createActivities } from '../activities/index.ts';
import { orderQueues } from '../domain/media.ts';
import type { QueueLimits } from './configuration/queue-limits.ts';

/** A part of the fleet: the same program, serving some of the queues. */
export const pools = ['orchestrator', 'generate', 'transfer', 'render'] as const;
export type Pool = (typeof pools)[number];

export function isPool(name: string): name is Pool {
  return pools.some((pool) => pool === name);
}

export interface WorkersOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly queues: QueueLimits;
  /** The pools to serve. Default: all of them. */
  readonly pools?: readonly Pool[];
  readonly dependencies: ActivityDependencies;
  readonly workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
  /** The release of the workflows. Default: none, and the worker serves workflows of every release. */
  readonly release?: ReleaseName | undefined;
}

/** The name of the release of a worker's workflows. */
export interface ReleaseName {
  readonly deploymentName: string;
  readonly buildId: string;
}

/** How long transfers and renders may go on after SIGTERM before they are handed over. */
const shutdownGraceTime = '20 seconds';

/** With the SDK's default, every second heartbeat comes too late to take over a dead worker's step within 3 seconds. */
const maxHeartbeatThrottleInterval = '1 second';

/** How long a workflow task waits for a dead worker that has the workflow in its cache. */
const stickyQueueScheduleToStartTimeout = '1 second';

/** One Temporal worker for each queue of the pools. */
export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { connection, namespace, queues, dependencies, workflowBundle, release } = options;
  const activities = createActivities(dependencies);
  const chosen = options.pools ?? pools;
  const common = { connection, namespace, shutdownGraceTime, maxHeartbeatThrottleInterval } as const;
  const settings = chosen.flatMap((pool) => describePool(pool, queues));
  return Promise.all(
    settings.map(({ queue, ...limits }) =>
      Worker.create({
        ...common,
        taskQueue: `${queues.prefix}-${queue}`,
        ...(queue === 'orchestrator'
          ? { workflowBundle, stickyQueueScheduleToStartTimeout, ...versioned(release) }
          : { activities }),
        ...limits,
      }),
    ),
  );
}

/**
 * A video stays in the release that it began in until it waits for a person; activities belong to no release, so that
 * every worker can serve them (`docs/decisions/0060-releases-hand-over-at-waits.md`).
 */
function versioned(release: ReleaseName | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!release) return {};
  const options = {
    version: release,
    useWorkerVersioning: true,
    defaultVersioningBehavior: 'PINNED',
  } as const;
  return { workerDeploymentOptions: options };
}

type QueueSettings = { readonly queue: string } & Pick<
  WorkerOptions,
  | 'maxConcurrentActivityTaskExecutions'
  | 'maxTaskQueueActivitiesPerSecond'
  | 'maxConcurrentWorkflowTaskExecutions'
  | 'maxCachedWorkflows'
  | 'activityTaskPollerBehavior'
>;

function describePool(pool: Pool, queues: QueueLimits): QueueSettings[] {
  switch (pool) {
    case 'orchestrator':
      return [
        {
          queue: 'orchestrator',
          maxConcurrentWorkflowTaskExecutions: queues.orchestrator.maxConcurrentWorkflowTasks,
          maxCachedWorkflows: queues.orchestrator.maxCachedWorkflows,
        },
      ];
    case 'generate':
      return [
        ...([...orderQueues, 'waiting'] as const).map((queue) => ({
          ...slots(queue, queues[queue].slots),
          maxTaskQueueActivitiesPerSecond: queues[queue].ratePerSecond,
        })),
        slots('planning', queues.planning.slots),
        slots('cleanup', queues.cleanup.slots),
      ];
    case 'transfer':
      return [slots('transfer', queues.transfer.slots)];
    case 'render':
      return [slots('render', Math.max(1, Math.floor(availableParallelism() / queues.render.coresPerSlot)))];
  }
}

function slots(queue: string, count: number): QueueSettings {
  return { queue, maxConcurrentActivityTaskExecutions: count };
}
