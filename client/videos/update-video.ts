import { ApplicationFailure, TimeoutFailure, type UpdateDefinition } from '@temporalio/common';
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';

import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { isOutOfTime } from '../connection/read-grpc-error.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { BeatreelError } from '../errors/beatreel-error.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { findVideo } from './find-video.ts';

/** A worker answers in milliseconds, or in seconds when it first has to replay a long history. */
const updateTimeoutMs = 20_000;

/** A person's decision about an open video. */
export interface VideoUpdate<Result, Request> {
  readonly update: UpdateDefinition<Result, [Request]>;
  readonly request: Request;
  /** E.g. `Retrying units of video-1`. */
  readonly doing: string;
  /** The reason why an ended video takes none, e.g. `units are retried while it is parked`. */
  readonly rule: string;
  /** Makes the error for a refusal. @param reason in the workflow's own words */
  readonly toRefusal: (reason: string, options?: ErrorOptions) => BeatreelError;
}

/** @throws the error of `toRefusal`; VideoNotFound; NoWorkerAnswers */
export async function updateVideo<Result, Request>(
  temporal: TemporalNamespace,
  videoId: string,
  { update, request, doing, rule, toRefusal }: VideoUpdate<Result, Request>,
): Promise<Result> {
  const found = await findVideo(temporal, videoId);
  if (found.ended) throw toRefusal(`The video is ${found.status}; ${rule}.`);
  return temporalCall({ doing, at: temporal }, async () => {
    try {
      return await temporal.within(updateTimeoutMs, () =>
        found.handle.executeUpdate(update, { args: [request] }),
      );
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && !(error.cause instanceof TimeoutFailure)) {
        const reason = error.cause instanceof ApplicationFailure ? error.cause.message : error.message;
        throw toRefusal(reason, { cause: error });
      }
      if (isOutOfTime(error)) {
        throw new NoWorkerAnswers(videoId, found.description.taskQueue, { cause: error });
      }
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      const { status } = await findVideo(temporal, videoId);
      throw toRefusal(`The video is ${status}; ${rule}.`);
    }
  });
}
