import type { VideoResult } from '../../domain/progress.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { failedUnitsOf, type FailedUnit } from '../errors/failed-unit.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { VideoAwaitsApproval } from '../errors/video-awaits-approval.ts';
import { VideoAwaitsBudget } from '../errors/video-awaits-budget.ts';
import { VideoParked } from '../errors/video-parked.ts';
import { WaitTimedOut } from '../errors/wait-timed-out.ts';
import { findVideo } from './find-video.ts';
import { waitsForPerson } from './waits-for-person.ts';
import { Outages, pause } from './outages.ts';
import { readResult } from './read-result.ts';
import { readStatus } from './read-status.ts';

/** Limits of a wait. */
export interface WaitOptions {
  /** Milliseconds, 1 or more. Default: no limit. */
  readonly timeoutMs?: number;
  /** Ends the wait with its reason; the video continues. */
  readonly signal?: AbortSignal;
}

/** A look costs no worker. Short videos get frequent looks; after minutes of waiting, a second more does not matter. */
const shortestPauseMs = 200;
const longestPauseMs = 1_000;
const pauseShare = 0.05;

/**
 * Waits until the video has ended, also without workers, and through six hours without Temporal.
 *
 * @throws VideoParked, VideoAwaitsBudget, VideoAwaitsApproval instead of waiting for a person; VideoFailed,
 *   VideoCanceled, InvalidBrief by the video's end; WaitTimedOut
 */
export async function waitForVideo(
  temporal: TemporalNamespace,
  videoId: string,
  { timeoutMs, signal }: WaitOptions = {},
): Promise<VideoResult> {
  const over = new AbortController();
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => {
          over.abort(new WaitTimedOut(videoId, timeoutMs));
        }, timeoutMs);
  const limit = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  try {
    return await waitForEnd(temporal, videoId, limit);
  } finally {
    clearTimeout(timer);
  }
}

async function waitForEnd(
  temporal: TemporalNamespace,
  videoId: string,
  limit: AbortSignal,
): Promise<VideoResult> {
  const outages = new Outages();
  const since = performance.now();
  for (;;) {
    limit.throwIfAborted();
    const result = await outages.ask(() => look(temporal, videoId));
    if (result !== undefined) return result;
    const waitedMs = performance.now() - since;
    const usualMs = Math.min(longestPauseMs, Math.max(shortestPauseMs, waitedMs * pauseShare));
    await pause(outages.pauseMs(usualMs), limit);
  }
}

/** @returns undefined while the video runs @throws VideoParked, VideoAwaitsBudget, or the error of the video's end */
async function look(temporal: TemporalNamespace, videoId: string): Promise<VideoResult | undefined> {
  const { ended, status } = await findVideo(temporal, videoId);
  if (status === 'parked') await throwIfParked(temporal, videoId);
  if (status === 'awaiting_budget') await throwIfShort(temporal, videoId);
  if (status === 'awaiting_approval') await throwIfGated(temporal, videoId);
  return ended ? await readResult(temporal, videoId) : undefined;
}

/** Throws only if a person is needed: running predictions may cost less than reserved, and free enough money. */
async function throwIfShort(temporal: TemporalNamespace, videoId: string): Promise<void> {
  const progress = await readStatus(temporal, videoId).catch((error: unknown) => {
    if (error instanceof NoWorkerAnswers) throw new VideoAwaitsBudget(videoId);
    throw error;
  });
  if (waitsForPerson(progress)) throw new VideoAwaitsBudget(videoId, progress.budget);
}

/** Throws only if the gate still waits: an approval may have arrived meanwhile. */
async function throwIfGated(temporal: TemporalNamespace, videoId: string): Promise<void> {
  const progress = await readStatus(temporal, videoId).catch((error: unknown) => {
    if (error instanceof NoWorkerAnswers) throw new VideoAwaitsApproval(videoId);
    throw error;
  });
  if (progress.status === 'awaiting_approval') throw new VideoAwaitsApproval(videoId, progress.gate);
}

async function throwIfParked(temporal: TemporalNamespace, videoId: string): Promise<void> {
  let units: readonly FailedUnit[] = [];
  try {
    const progress = await readStatus(temporal, videoId);
    if (progress.status !== 'parked') return;
    units = failedUnitsOf(progress);
  } catch (error) {
    if (!(error instanceof NoWorkerAnswers)) throw error;
  }
  throw new VideoParked(videoId, units);
}
