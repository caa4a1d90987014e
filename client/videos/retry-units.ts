import { ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';

import { type RetryAccepted, type RetryRequest, retryUnitsUpdate } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { isOutOfTime, temporalCall } from '../connection/temporal-call.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { NotRetryable } from '../errors/not-retryable.ts';
import { findVideo, type FoundVideo } from './find-video.ts';

/** A worker answers in milliseconds, or in seconds when it first has to replay a long history. */
const updateTimeoutMs = 20_000;

/**
 * Runs failed units of a parked video again: all of them, those of one beat, or one by name.
 *
 * @throws NotRetryable with the workflow's words; VideoNotFound; NoWorkerAnswers
 */
export async function retryUnits(
  temporal: TemporalNamespace,
  videoId: string,
  request: RetryRequest = {},
): Promise<RetryAccepted> {
  requireSound(videoId, request);
  const found = await findVideo(temporal, videoId);
  if (found.ended) throw endedAlready(videoId, found);
  const doing = `Retrying units of ${videoId}`;
  return temporalCall({ doing, at: temporal }, async () => {
    try {
      const update = () => found.handle.executeUpdate(retryUnitsUpdate, { args: [request] });
      return await temporal.within(updateTimeoutMs, update);
    } catch (error) {
      throw await toRefusal(error, { temporal, videoId, found });
    }
  });
}

/** What no workflow has to be asked about. */
function requireSound(videoId: string, { beat }: RetryRequest): void {
  if (beat === undefined || (Number.isInteger(beat) && beat >= 0)) return;
  throw new NotRetryable(videoId, `beat is ${beat}: beats are whole numbers and count from 0.`);
}

interface RefusedRetry {
  readonly temporal: TemporalNamespace;
  readonly videoId: string;
  readonly found: FoundVideo;
}

async function toRefusal(error: unknown, { temporal, videoId, found }: RefusedRetry): Promise<unknown> {
  if (error instanceof WorkflowUpdateFailedError && !(error.cause instanceof TimeoutFailure)) {
    const reason = error.cause instanceof ApplicationFailure ? error.cause.message : error.message;
    return new NotRetryable(videoId, reason, { cause: error });
  }
  if (isOutOfTime(error)) {
    return new NoWorkerAnswers(videoId, found.description.taskQueue, { cause: error });
  }
  // It ended between the look and the update.
  if (error instanceof WorkflowNotFoundError)
    return endedAlready(videoId, await findVideo(temporal, videoId));
  return error;
}

function endedAlready(videoId: string, { status }: FoundVideo): NotRetryable {
  return new NotRetryable(videoId, `The video is ${status}; units are retried while it is parked.`);
}
