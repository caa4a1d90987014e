import { randomUUID } from 'node:crypto';

import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';

import type { Edit } from '../../domain/edits/edit.ts';
import type { Revised, ReviseRequest } from '../../domain/edits/revised.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { checkEdits, describeProblems } from '../../domain/schemas/check-brief.ts';
import { editId, editVideoType } from '../../workflows/messages.ts';
import { isOutOfTime } from '../connection/read-grpc-error.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotAccepted } from '../errors/not-accepted.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { VideoNotFound } from '../errors/video-not-found.ts';
import { isVideoId } from './name-video.ts';

/** The options of a change. */
export type ReviseOptions = Pick<ReviseRequest, 'base' | 'accept' | 'keep' | 'by' | 'reason'>;

/** Longer than the step's own limit, so that its message wins, in milliseconds. */
const reviseTimeoutMs = 70_000;

/**
 * Makes another revision of a video, or prices it. The video may run, wait, or have ended long ago.
 *
 * @throws NotAccepted with every problem, and then nothing has changed; VideoNotFound, NoWorkerAnswers
 */
export async function reviseVideo(
  temporal: TemporalNamespace,
  videoId: string,
  request: ReviseRequest & { readonly edits: readonly Edit[] },
): Promise<Revised> {
  if (!isVideoId(videoId)) throw new VideoNotFound(videoId, 'an id is 1–64 of a-z, 0-9 and -');
  const checked = checkEdits(request.edits);
  if (!checked.ok)
    throw new NotAccepted(videoId, `the change. ${describeProblems(checked.problems, 'It has')}`);
  return temporalCall({ doing: `Changing video ${videoId}`, at: temporal }, async () => {
    try {
      return await temporal.within(reviseTimeoutMs, () => ask(temporal, videoId, request));
    } catch (error) {
      const cause = error instanceof WorkflowFailedError ? error.cause : undefined;
      const origin = cause instanceof ActivityFailure ? cause.cause : cause;
      if (isOutOfTime(error) || origin instanceof TimeoutFailure)
        throw new NoWorkerAnswers(videoId, temporal.taskQueue, { cause: error });
      if (origin instanceof ApplicationFailure && origin.type === failureTypes.invalidRequest)
        throw new NotAccepted(videoId, `the change. ${origin.message}`, { cause: error });
      throw error;
    }
  });
}

async function ask(
  { client, taskQueue, namespace }: TemporalNamespace,
  videoId: string,
  request: ReviseRequest,
): Promise<Revised> {
  const workflowId = editId(videoId, randomUUID());
  const answer = (await client.workflow.execute(editVideoType, {
    workflowId,
    taskQueue,
    args: [request],
    // The caller has gone by then: a change that no worker took up must not happen later.
    workflowExecutionTimeout: reviseTimeoutMs,
  })) as Revised;
  // Remove the workflow of a price. That of a change stays, as a record of its author.
  if (!answer.isMade)
    await client.workflowService
      .deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } })
      .catch(() => undefined);
  return answer;
}
