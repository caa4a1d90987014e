import { isGrpcServiceError } from '@temporalio/client';

import { hostAccountType } from '../../domain/permits.ts';
import { generateVideoType } from '../../domain/workflow-types.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { callTimeoutMs } from '../videos/find-video.ts';

/** The remaining work of one release of the workflows. */
export interface Release {
  readonly buildId: string;
  /** `current` takes new videos; `draining` still has videos of its own; `drained` and `inactive` have none. */
  readonly state: 'current' | 'ramping' | 'draining' | 'drained' | 'inactive';
  /** Running videos in it. Videos that wait for a person move by themselves once they are told of a newer release. */
  readonly videos: number;
  /** Running account workflows in it. */
  readonly accounts: number;
  /** Whether stopping its orchestrators would strand nothing. */
  readonly canStop: boolean;
}

/** The releases whose orchestrators have polled, newest first. */
export interface Releases {
  readonly deployment: string;
  /** Running videos on workers without a build id. */
  readonly unversioned: number;
  readonly releases: readonly Release[];
}

/** `WorkerDeploymentVersionStatus` of Temporal's API, in its order. */
const states: readonly Release['state'][] = [
  ...(['inactive', 'inactive', 'current'] as const),
  ...(['ramping', 'draining', 'drained'] as const),
];
/** gRPC's NOT_FOUND. */
const notFound = '5';

/** @returns an empty list before any orchestrator with a build id has polled */
export async function readReleases(temporal: TemporalNamespace, deployment: string): Promise<Releases> {
  const { client, namespace, taskQueue } = temporal;
  return temporalCall({ doing: 'Looking at releases', at: temporal }, () =>
    temporal.within(callTimeoutMs, async () => {
      const count = async (query: string) =>
        (await client.workflow.count(`ExecutionStatus = 'Running' AND ${query}`)).count;
      const ofType = (type: string) => `WorkflowType = '${type}'`;
      const none = `TemporalWorkerDeploymentVersion IS NULL AND TaskQueue = '${taskQueue}'`;
      const unversioned = await count(`${ofType(generateVideoType)} AND ${none}`);
      const summaries = await client.workflowService
        .describeWorkerDeployment({ namespace, deploymentName: deployment })
        .then(
          ({ workerDeploymentInfo }) => workerDeploymentInfo?.versionSummaries ?? [],
          (error: unknown) => {
            if (isGrpcServiceError(error) && `${error.code}` === notFound) return [];
            throw error;
          },
        );
      const releases = summaries.map(async ({ deploymentVersion, status }): Promise<Release> => {
        const buildId = deploymentVersion?.buildId ?? '';
        const version = `TemporalWorkerDeploymentVersion = '${deployment}:${buildId}'`;
        const state = states[status ?? 0] ?? 'inactive';
        const videos = await count(`${ofType(generateVideoType)} AND ${version}`);
        const accounts = await count(`${ofType(hostAccountType)} AND ${version}`);
        // Estimates and clean-ups count as well. A listing lags, so require the server's own state, too.
        const isOver = state === 'drained' || state === 'inactive';
        return { buildId, state, videos, accounts, canStop: isOver && (await count(version)) === 0 };
      });
      return { deployment, unversioned, releases: await Promise.all(releases) };
    }),
  );
}
