import { WorkflowFailedError, WorkflowNotFoundError } from '@temporalio/client';
import { TimeoutFailure } from '@temporalio/common';

import type { CancelReport } from '../../domain/progress.ts';
import type { VideoStatus } from '../../domain/video-status.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { cleanUpId, cleanUpVideoType } from '../../workflows/messages.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { isOutOfTime } from '../connection/read-grpc-error.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { callTimeoutMs, findVideo } from './find-video.ts';

/** The answer to a request to cancel. */
export interface CancelAnswer {
  /** False when the video had already ended; then nothing changes. */
  readonly requested: boolean;
  /** Status at the request. */
  readonly status: VideoStatus;
  /**
   * The result of ending everything at the hosts, for a video that had failed, e.g. because its workflow was
   * terminated.
   */
  readonly cancellation?: CancelReport;
}

/**
 * Asks a video to stop. It first waits for orders in flight, cancels live predictions at the hosts, and writes a
 * manifest of all existing files; only then it is canceled. For a video that failed or was terminated, live predictions
 * are ended before this returns. Safe to run again.
 *
 * @throws VideoNotFound, NoWorkerAnswers
 */
export async function cancelVideo(temporal: TemporalNamespace, videoId: string): Promise<CancelAnswer> {
  const { handle, ended, status } = await findVideo(temporal, videoId);
  if (ended) {
    const cancellation = status === 'failed' ? await cleanUp(temporal, videoId) : undefined;
    return { requested: false, status, cancellation };
  }
  return temporalCall({ doing: `Canceling video ${videoId}`, at: temporal }, async () => {
    try {
      await temporal.within(callTimeoutMs, () => handle.cancel());
      return { requested: true, status };
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      // It ended between the look and the request.
      return { requested: false, status: (await findVideo(temporal, videoId)).status };
    }
  });
}

/** Covers a host's delays in listing an order and in stopping a prediction. */
const cleanUpTimeoutMs = 300_000;

/** A terminated workflow leaves predictions running; this workflow ends them. */
async function cleanUp(temporal: TemporalNamespace, videoId: string): Promise<CancelReport> {
  const { client, taskQueue } = temporal;
  const workflowId = cleanUpId(videoId);
  return temporalCall({ doing: `Cleaning up after video ${videoId}`, at: temporal }, async () => {
    try {
      const run = () =>
        client.workflow.execute<() => Promise<CancelReport>>(cleanUpVideoType, {
          workflowId,
          taskQueue,
          args: [],
          workflowIdConflictPolicy: 'USE_EXISTING',
          // A late run must not end orders of a new run of the same video.
          workflowExecutionTimeout: cleanUpTimeoutMs,
        });
      return await temporal.within(cleanUpTimeoutMs, run);
    } catch (error) {
      if (isOutOfTime(error) || isUnanswered(error))
        throw new NoWorkerAnswers(videoId, taskQueue, { cause: error });
      throw error;
    }
  });
}

/** Whether no worker took it up, or none finished it. */
function isUnanswered(error: unknown): boolean {
  return error instanceof WorkflowFailedError && error.cause instanceof TimeoutFailure;
}
