import { setTimeout as sleep } from 'node:timers/promises';

import type { Client } from '@temporalio/client';
import { isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';

import { hostAccountType } from '../../domain/permits.ts';
import { generateVideoType } from '../../domain/workflow-types.ts';
import { newReleaseSignal, searchAttributes } from '../../workflows/messages.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotPromoted } from '../errors/not-promoted.ts';
import { callTimeoutMs } from '../videos/find-video.ts';

export interface PromoteOptions {
  readonly deployment: string;
  readonly buildId: string;
  /** How long to wait for the orchestrators of the release. Default: 60 s. */
  readonly timeoutMs?: number;
}

interface Release {
  readonly deployment: string;
  readonly buildId: string;
}

/** The outcome of a promotion. */
export interface Promoted extends Release {
  /** Running videos that were told: those that wait have moved, the others move at their next wait, or end. */
  readonly told: number;
  /** Waiting videos and accounts that have not moved yet: something of theirs is still on its way. */
  readonly left: number;
}

const pauseMs = 500;
/** A listing lags a second or so. */
const roundPauseMs = 1_500;
const mostRounds = 20;
/** gRPC's NOT_FOUND and FAILED_PRECONDITION: its orchestrators have not polled yet, or not all of their queues. */
const notYet: readonly number[] = [5, 9];

/**
 * Makes a release the current one: it takes new videos from now on, and those that wait for a person. Safe to run
 * again: who was not told is told then.
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

/** @returns false while the release is not known */
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
 * Who waits hears of a new release by a message alone. The server may take a moment until it says so to who is woken,
 * so those that still wait are told again.
 */
async function tellOpen(
  temporal: TemporalNamespace,
  version: string,
): Promise<Omit<Promoted, keyof Release>> {
  const { client, taskQueue } = temporal;
  const older = `(TemporalWorkerDeploymentVersion IS NULL OR TemporalWorkerDeploymentVersion != '${version}')`;
  const open = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}' AND ${older}`;
  const videos = `WorkflowType = '${generateVideoType}' AND ${open}`;
  const waits = `${searchAttributes.phase.name} IN ('parked', 'awaiting_budget')`;
  const waiting = `${open} AND (WorkflowType = '${hostAccountType}' OR ${waits})`;
  const told = await tell(client, videos);
  let quietRounds = 0;
  for (let round = 1; ; round += 1) {
    await sleep(roundPauseMs);
    const left = await tell(client, waiting);
    // One that begins to wait at this moment is listed as such in the next round.
    quietRounds = left === 0 ? quietRounds + 1 : 0;
    if (quietRounds === 2 || round === mostRounds) return { told, left };
  }
}

/** @returns how many were told */
async function tell(client: Client, query: string): Promise<number> {
  let told = 0;
  for await (const { workflowId } of client.workflow.list({ query })) {
    try {
      await client.workflow.getHandle(workflowId).signal(newReleaseSignal);
      told += 1;
    } catch (error) {
      // It has ended since.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  return told;
}
