import type { WorkflowExecutionDescription } from '@temporalio/client';

import type { VideoProgress } from '../../domain/progress.ts';
import { phases, type Phase } from '../../domain/media.ts';
import { progressQuery, searchAttributes } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { grpcCodes } from '../connection/grpc-codes.ts';
import { grpcCodeOf, isOutOfTime } from '../connection/read-grpc-error.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { NoWorkerAnswers } from '../errors/no-worker-answers.ts';
import { type Explanation, explainProgress } from '../../domain/explain-progress.ts';
import { explainWaits, type UnitWait } from '../../domain/explain-waits.ts';
import { explainEnd } from './explain-end.ts';
import { findVideo, type FoundVideo } from './find-video.ts';
import { unescapeMarkdown } from '../../domain/escape-markdown.ts';
import { readResult } from './read-result.ts';
import { readWaits } from './read-waits.ts';

/** The progress of a video, and the reason for its status. */
export interface VideoStatusReport extends VideoProgress, Explanation {
  /** Steps that pause for more than some seconds, or that no worker has taken yet; absent without any. */
  readonly waits?: readonly UnitWait[];
}

/** A worker answers a query in milliseconds, or in seconds when it first has to replay a long history. */
const queryTimeoutMs = 5_000;
/** Shorter, because Temporal itself knows nearly everything about an ended video. */
const endedQueryTimeoutMs = 3_000;

/**
 * Reads the progress of a video. When it has ended and no worker answers, reads Temporal's own record: everything about
 * a finished video, but only the end of another one, with no phases.
 *
 * @throws VideoNotFound, NoWorkerAnswers while the video runs, ServerUnreachable, InvalidSettings
 */
export async function readStatus(temporal: TemporalNamespace, videoId: string): Promise<VideoStatusReport> {
  const found = await findVideo(temporal, videoId);
  try {
    const progress = await queryProgress(temporal, found, videoId);
    // A terminated or timed-out workflow does not know its end; Temporal does.
    if (found.ended) return await explained(temporal, { ...progress, status: found.status });
    const waits = readWaits(found.description);
    return { ...progress, ...(waits.length === 0 ? {} : { waits }), ...explainNow(progress, waits) };
  } catch (error) {
    if (!found.ended || !(error instanceof NoWorkerAnswers)) throw error;
    return await explained(temporal, await readEnd(temporal, found, videoId));
  }
}

/** Combines both explanations. Pausing steps come first; only Temporal knows them. */
function explainNow(progress: VideoProgress, waits: readonly UnitWait[]): Explanation {
  const { reason, nextStep } = explainProgress(progress);
  if (progress.status !== 'running') return { reason, nextStep };
  const rests = explainWaits(waits);
  const reasons = [rests.reason, reason].filter((sentence) => sentence !== undefined);
  return reasons.length === 0 ? {} : { reason: reasons.join(' '), nextStep: rests.nextStep ?? nextStep };
}

async function explained(temporal: TemporalNamespace, progress: VideoProgress): Promise<VideoStatusReport> {
  return { ...progress, ...(await explainEnd(temporal, progress)) };
}

async function queryProgress(
  temporal: TemporalNamespace,
  { handle, description, ended }: FoundVideo,
  videoId: string,
): Promise<VideoProgress> {
  return temporalCall({ doing: `Asking for the progress of ${videoId}`, at: temporal }, async () => {
    try {
      const ask = () => handle.query(progressQuery);
      return await temporal.within(ended ? endedQueryTimeoutMs : queryTimeoutMs, ask);
    } catch (error) {
      // The server's answer for a queue without recent pollers.
      const isUnserved = grpcCodeOf(error) === grpcCodes.failedPrecondition;
      if (!isUnserved && !isOutOfTime(error)) throw error;
      throw new NoWorkerAnswers(videoId, description.taskQueue, { cause: error });
    }
  });
}

async function readEnd(
  temporal: TemporalNamespace,
  { description, status }: FoundVideo,
  videoId: string,
): Promise<VideoProgress> {
  const known = { videoId, status, title: await readTitle(description, videoId), changes: 0 };
  if (status === 'succeeded') {
    const { phases: outputs, costUsd, beats } = await readResult(temporal, videoId);
    return { ...known, phase: 'music', phases: outputs, costUsd, beats };
  }
  const attributes = description.typedSearchAttributes;
  const beats = attributes.get(searchAttributes.beats);
  return {
    ...known,
    phase: toPhase(attributes.get(searchAttributes.phase)),
    phases: [],
    costUsd: attributes.get(searchAttributes.costUsd) ?? 0,
    beats,
  };
}

async function readTitle(description: WorkflowExecutionDescription, videoId: string): Promise<string> {
  const summary = await description.staticSummary();
  return summary === undefined ? videoId : unescapeMarkdown(summary);
}

function toPhase(phase: string | undefined): Phase {
  return phases.find((known) => known === phase) ?? 'plan';
}
