import { isGrpcServiceError } from '@temporalio/client';

import { hostAccountType } from '../../domain/permits.ts';
import { generateVideoType } from '../../domain/workflow-types.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { callTimeoutMs } from '../videos/find-video.ts';

/** The work that one release of the workflows still has. */
export interface Release {
  readonly buildId: string;
  /** `current` takes new videos; `draining` has videos of its own to end; `drained` and `inactive` have none. */
  readonly state: 'current' | 'ramping' | 'draining' | 'drained' | 'inactive';
  /** Videos that run in it. Videos that wait for a person move on by themselves when they are told of a newer one. */
  readonly videos: number;
  /** Workflows of host accounts that run in it. */
  readonly accounts: number;
  /** Whether its orchestrators can be stopped without stranding anything. */
  readonly canStop: boolean;
}

/** The releases whose orchestrators have polled, the newest first. */
export interface Releases {
  readonly deployment: string;
  /** Videos that run on workers without a build id. */
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

/** @returns without releases where no orchestrator with a build id has polled yet */
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
        // Estimates and clean-ups count as well; and a listing lags, so the server's own word is waited for.
        const isOver = state === 'drained' || state === 'inactive';
        return { buildId, state, videos, accounts, canStop: isOver && (await count(version)) === 0 };
      });
      return { deployment, unversioned, releases: await Promise.all(releases) };
    }),
  );
}
