import { randomUUID } from 'node:crypto';

import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/common';
import { WorkflowFailedError } from '@temporalio/client';

import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { isLocalPath, listPictures, replacePictures } from '../../domain/schemas/brief-pictures.ts';
import type { Estimate, EstimateRequest } from '../../domain/estimate.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { videoFolder } from '../../domain/video-folder.ts';
import { estimateVideoType } from '../../workflows/messages.ts';
import { isOutOfTime } from '../connection/read-grpc-error.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { NoEstimate } from '../errors/no-estimate.ts';
import { type BriefOptions, checkStart } from './check-start.ts';
import { readLocalPicture } from '../files/read-local-picture.ts';
import { nameVideo } from './name-video.ts';
import { readProblems } from './read-problems.ts';

/** The options of an estimate. */
export interface EstimateOptions extends BriefOptions {
  /** Id of the video to start. Default: chosen as `start` does. */
  readonly videoId?: string;
  /** Time limit for a worker's answer, in milliseconds, 1,000 or more. Default: 10,000. */
  readonly timeoutMs?: number;
}

const usualTimeoutMs = 10_000;

/**
 * Asks the workers for the plan and the highest price of a video. Buys, fetches, uploads and stores nothing.
 *
 * @throws InvalidBrief, NoEstimate
 */
export async function requestEstimate(
  temporal: TemporalNamespace,
  input: BriefInput,
  { timeoutMs = usualTimeoutMs, ...options }: EstimateOptions = {},
): Promise<Estimate> {
  const checked = checkStart(input, options);
  // Check local pictures as the start would.
  for (const { field, source } of listLocal(checked)) await readLocalPicture(source, field);
  const videoId = options.videoId ?? nameVideo(checked);
  const request: EstimateRequest = { videoId, input: withoutLocalFiles(videoId, checked) };
  return temporalCall({ doing: 'Estimating the video', at: temporal }, async () => {
    try {
      const estimate = await temporal.within(timeoutMs, () => ask(temporal, request, timeoutMs));
      return nameLocalFiles(estimate, checked);
    } catch (error) {
      if (isOutOfTime(error) || isUnanswered(error)) {
        throw new NoEstimate(temporal.taskQueue, timeoutMs, { cause: error });
      }
      const refusal = findRefusal(error);
      throw refusal ? new InvalidBrief(readProblems(refusal), refusal.message, { cause: error }) : error;
    }
  });
}

async function ask(
  { client, taskQueue, namespace }: TemporalNamespace,
  request: EstimateRequest,
  timeoutMs: number,
): Promise<Estimate> {
  const workflowId = `estimate-${randomUUID()}`;
  try {
    return (await client.workflow.execute(estimateVideoType, {
      workflowId,
      taskQueue,
      args: [request],
      // The caller has gone by then; a workflow without a worker ends by this timeout.
      workflowExecutionTimeout: timeoutMs,
    })) as Estimate;
  } finally {
    // Only the answer matters: remove the workflow from the videos in the Web UI.
    await client.workflowService
      .deleteWorkflowExecution({ namespace, workflowExecution: { workflowId } })
      .catch(() => undefined);
  }
}

function listLocal(brief: BriefInput) {
  return listPictures(brief).filter(({ source }) => isLocalPath(source));
}

/** Replaces local files by placeholders: the start chooses their keys, and the estimate only counts pictures. */
function withoutLocalFiles(videoId: string, brief: BriefInput): BriefInput {
  const places = new Map(listLocal(brief).map(({ field }, at) => [field, placeholderOf(videoId, at)]));
  return replacePictures(brief, ({ field }) => places.get(field));
}

/** Puts local paths back into the estimate, because the workers do not know them. */
function nameLocalFiles(estimate: Estimate, brief: BriefInput): Estimate {
  const paths = new Map(
    listLocal(brief).map(({ source }, at) => [placeholderOf(estimate.videoId, at), source]),
  );
  const beats = estimate.beats.map((beat) => ({
    ...beat,
    references: beat.references.map((reference) => paths.get(reference) ?? reference),
  }));
  return { ...estimate, beats };
}

function placeholderOf(videoId: string, at: number): string {
  return `${videoFolder(videoId)}not-yet-${at}`;
}

/** Whether the workflow or its activity ran out of time. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof WorkflowFailedError)) return false;
  const { cause } = error;
  return cause instanceof TimeoutFailure || cause?.cause instanceof TimeoutFailure;
}

function findRefusal(error: unknown): ApplicationFailure | undefined {
  if (!(error instanceof WorkflowFailedError) || !(error.cause instanceof ActivityFailure)) return undefined;
  const { cause } = error.cause;
  const isRefusal = cause instanceof ApplicationFailure && cause.type === failureTypes.invalidRequest;
  return isRefusal ? cause : undefined;
}
