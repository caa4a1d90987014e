import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';

import { hostAccountType } from '../../domain/permits.ts';
import { generateVideoType } from '../../domain/workflow-types.ts';
import { newReleaseSignal } from '../../workflows/messages.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotPromoted } from '../errors/not-promoted.ts';
import { callTimeoutMs } from '../videos/find-video.ts';
import { waitsForPersonQuery } from '../videos/visibility-query.ts';

export interface PromoteOptions {
  readonly deployment: string;
  readonly buildId: string;
  /** Time limit for the orchestrators of the release, in milliseconds. Default: 60 s. */
  readonly timeoutMs?: number;
}

interface Release {
  readonly deployment: string;
  readonly buildId: string;
}

/** The outcome of a promotion. */
export interface Promoted extends Release {
  /** Number of notified running videos: waiting ones have moved, the others move at their next wait, or end. */
  readonly told: number;
  /** Number of waiting videos and accounts that have not moved yet, because a call of theirs is in flight. */
  readonly left: number;
}

const pauseMs = 500;
/** Longer than a listing lags. */
const roundPauseMs = 1_500;
const mostRounds = 20;
/** gRPC's NOT_FOUND and FAILED_PRECONDITION: its orchestrators have not polled yet, or not on all of their queues. */
const notYet: readonly number[] = [5, 9];

/**
 * Makes a release the current one: from now on it takes new videos, and those that wait for a person. Safe to run
 * again: that notifies the rest.
 *
 * @throws NotPromoted when no orchestrator of the release polls in time
 */
export async function promoteRelease(
  temporal: TemporalNamespace,
  { deployment, buildId, timeoutMs = 60_000 }: PromoteOptions,
): Promise<Promoted> {
  const deadline = performance.now() + timeoutMs;
  return temporalCall({ doing: `Promoting release ${buildId}`, at: temporal }, async () => {
    while (!(await makeCurrent(temporal, deployment, buildId))) {
      if (performance.now() > deadline) throw new NotPromoted(buildId, deployment, timeoutMs);
      await sleep(pauseMs);
    }
    return { deployment, buildId, ...(await tellOpen(temporal, `${deployment}:${buildId}`)) };
  });
}

/** @returns false while the server does not know the release */
async function makeCurrent(
  temporal: TemporalNamespace,
  deploymentName: string,
  buildId: string,
): Promise<boolean> {
  const { client, namespace } = temporal;
  const request = { namespace, deploymentName, buildId, identity: 'beatreel' };
  return temporal
    .within(callTimeoutMs, () => client.workflowService.setWorkerDeploymentCurrentVersion(request))
    .then(
      () => true,
      (error: unknown) => {
        if (isGrpcServiceError(error) && notYet.includes(error.code)) return false;
        throw error;
      },
    );
}

/**
 * Notifies open workflows: a waiting one learns of a new release only from a message. The server may take a moment
 * until it offers the release to a woken workflow, so workflows that still wait are notified again.
 */
async function tellOpen(
  temporal: TemporalNamespace,
  version: string,
): Promise<Omit<Promoted, keyof Release>> {
  const { client, taskQueue } = temporal;
  const older = `(TemporalWorkerDeploymentVersion IS NULL OR TemporalWorkerDeploymentVersion != '${version}')`;
  const open = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}' AND ${older}`;
  const videos = `WorkflowType = '${generateVideoType}' AND ${open}`;
  const waiting = `${open} AND (WorkflowType = '${hostAccountType}' OR ${waitsForPersonQuery})`;
  const told = await tell(client, videos);
  let quietRounds = 0;
  for (let round = 1; ; round += 1) {
    await sleep(roundPauseMs);
    const left = await tell(client, waiting);
    // A workflow that begins to wait right now appears in the next round.
    quietRounds = left === 0 ? quietRounds + 1 : 0;
    if (quietRounds === 2 || round === mostRounds) return { told, left };
  }
}

/** @returns the number of notified workflows */
async function tell(client: Client, query: string): Promise<number> {
  let told = 0;
  for await (const { workflowId } of client.workflow.list({ query })) {
    try {
      await client.workflow.getHandle(workflowId).signal(newReleaseSignal);
      told += 1;
    } catch (error) {
      // The workflow has ended since the listing.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  return told;
}
