import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  TerminatedFailure,
  TimeoutFailure,
} from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';

import { failureTypes } from '../../domain/failure-types.ts';
import { rejectedType } from '../../domain/gates.ts';
import type { VideoResult } from '../../domain/progress.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { FailedUnit } from '../errors/failed-unit.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { VideoCanceled } from '../errors/video-canceled.ts';
import { VideoFailed } from '../errors/video-failed.ts';
import { VideoNotFinished } from '../errors/video-not-finished.ts';
import { callTimeoutMs, findVideo } from './find-video.ts';
import { readProblems } from './read-problems.ts';

/**
 * The result of an ended video; needs no worker.
 *
 * @throws VideoNotFinished while it runs or is parked; VideoFailed, VideoCanceled, InvalidBrief by its end
 */
export async function readResult(temporal: TemporalNamespace, videoId: string): Promise<VideoResult> {
  const { handle, ended } = await findVideo(temporal, videoId);
  if (!ended) throw new VideoNotFinished(videoId);
  return temporalCall({ doing: `Reading the result of ${videoId}`, at: temporal }, async () => {
    try {
      const read = () => handle.result() as Promise<VideoResult>;
      return await temporal.within(callTimeoutMs, read);
    } catch (error) {
      throw error instanceof WorkflowFailedError ? toEnd(videoId, error) : error;
    }
  });
}

function toEnd(videoId: string, error: WorkflowFailedError): Error {
  const { cause } = error;
  if (cause instanceof CancelledFailure) return new VideoCanceled(videoId, { cause: error });
  if (cause instanceof TerminatedFailure) {
    return new VideoFailed(videoId, `Its workflow was terminated (${cause.message}).`, {
      cause: error,
      wasTerminated: true,
    });
  }
  if (cause instanceof TimeoutFailure)
    return new VideoFailed(videoId, 'Its workflow timed out.', { cause: error, wasTerminated: true });
  if (!(cause instanceof ApplicationFailure)) {
    return new VideoFailed(videoId, cause?.message ?? error.message, { cause: error });
  }
  if (cause.type === rejectedType) return new VideoCanceled(videoId, { reason: cause.message, cause: error });
  if (cause.type === failureTypes.invalidRequest && isRefusedBrief(cause.cause)) {
    return new InvalidBrief(readProblems(cause), cause.message, { cause: error });
  }
  return new VideoFailed(videoId, cause.message, { units: readUnits(cause), cause: error });
}

/** Only these two activities check the brief; a later InvalidRequest comes from a host. */
function isRefusedBrief(origin: unknown): boolean {
  return origin instanceof ActivityFailure && ['acceptBrief', 'planStoryboard'].includes(origin.activityType);
}

function readUnits({ type, details }: ApplicationFailure): readonly FailedUnit[] {
  if (type !== failureTypes.unitsFailed) return [];
  const units: unknown = (details?.[0] as { readonly units?: unknown } | undefined)?.units;
  return Array.isArray(units) ? (units as FailedUnit[]) : [];
}
