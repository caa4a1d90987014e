import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';

import { planTimeline } from './domain/chunks.ts';
import { CountMismatch } from './domain/assert-count.ts';
import { failureTypes } from './domain/failure-types.ts';
import type { VideoResult } from './domain/progress.ts';
import { Semaphore } from './domain/semaphore.ts';
import { announce } from './announce.ts';
import type { OpenVideo } from './open-video.ts';
import { openVideo } from './open-video.ts';
import { filmBeats } from './phases/film-beats.ts';
import { finishVideo } from './phases/finish-video.ts';
import { makeScore } from './phases/make-score.ts';
import { makeStills } from './phases/make-stills.ts';
import { stitchClips } from './phases/stitch-clips.ts';
import { writeStoryboard } from './phases/write-storyboard.ts';
import { reopenUnit } from './buying/reopen-unit.ts';
import { takeDecisions } from './take-decisions.ts';
import type { VideoRun } from './video-run.ts';
import { openTreasury, warnOfBudget, warnOfModels } from './buying/open-treasury.ts';
import { endEarly, wrapUp, writeManifest } from './wrap-up.ts';

/**
 * Makes a brief into a finished, scored video: plan, stills, chunks, cut, sound. Started with one JSON object, the
 * brief; the workflow's id is the video's id.
 *
 * @throws ApplicationFailure InvalidRequest for a brief that cannot be made; UnitsFailed when the brief asks to fail
 */
export async function generateVideo(input: unknown): Promise<VideoResult> {
  const video = openVideo();
  takeDecisions(video);
  try {
    const run = await planVideo(video, input);
    const result = await produce(run);
    await video.permits.close();
    return result;
  } catch (error) {
    const end = toEnd(error);
    await CancellationScope.nonCancellable(async () => {
      const isClean = await wrapUp(video, isCancellation(end) ? 'canceled' : 'failed');
      // Permits of what may still run end by themselves, after the host's own deadline.
      if (isClean) await video.permits.close();
    });
    throw end;
  }
}

/** A defect of our own is no end: it stops the workflow's task where it is, and a mended worker goes on from there. */
function toEnd(error: unknown): TemporalFailure {
  if (isCancellation(error)) return error as TemporalFailure;
  // What fails after a person cancelled is part of that.
  if (error instanceof TemporalFailure && CancellationScope.current().consideredCancelled) {
    return new CancelledFailure(error.message, [], error);
  }
  if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure) {
    // Who looks at the video reads why it ended, and not first that an activity failed.
    const { message, type, details } = error.cause;
    const named = { message, ...(type ? { type } : {}), details: details ?? [] };
    return ApplicationFailure.create({ ...named, nonRetryable: true, cause: error });
  }
  if (error instanceof TemporalFailure) return error;
  if (error instanceof CountMismatch)
    return ApplicationFailure.nonRetryable(error.message, failureTypes.artifactMissing);
  throw error;
}

/** Phase 1: the brief is accepted and the storyboard written; from here on everything is known. */
async function planVideo(video: OpenVideo, input: unknown): Promise<VideoRun> {
  const { board, parking, activities, permits } = video;
  const videoId = workflowInfo().workflowId;
  board.expectUnits('plan', [{ name: 'storyboard' }]);
  board.startPhase('plan');
  const brief = await activities.call('acceptBrief', { videoId, input }, { summary: 'accept the brief' });
  board.title = brief.title;
  const treasury = openTreasury(board, brief.limits.budgetUsd);
  const storyboard = await writeStoryboard(video, brief, treasury);
  announce({ tenant: brief.tenant, beats: storyboard.beats.length });
  const run: VideoRun = {
    brief,
    storyboard,
    timeline: planTimeline(storyboard.beats, brief.models.clip),
    activities,
    permits,
    board,
    parking,
    stills: new Semaphore(brief.limits.concurrentStills),
    chunks: new Semaphore(brief.limits.concurrentChunks),
    treasury,
    unknown: new Set(),
    takes: new Map(),
    buying: new Map(),
    bought: new Map(),
    made: new Map(),
  };
  parking.onRetry((decision) => {
    reopenUnit(run, decision);
  });
  video.run = run;
  warnOfBudget(run);
  warnOfModels(run);
  closeOnCancel(video, run);
  return run;
}

/** Phases 2 to 5. No clip is bought before every still is accepted; the score is made beside the chunks. */
async function produce(run: VideoRun): Promise<VideoResult> {
  const stills = await makeStills(run);
  const beside = new CancellationScope();
  const scoring = beside.run(() => makeScore(run));
  // Heard here already, so that a failure of the chunks is the one that counts.
  scoring.catch(() => undefined);
  try {
    const footage = await filmBeats(run, stills);
    const cut = await stitchClips(run, footage);
    run.treasury.endOptional();
    const score = await scoring;
    const video = await finishVideo(run, { cut, footage, score });
    return await conclude(run, { video, footage: footage.length, stills: stills.length, score });
  } catch (error) {
    // A defect goes on upwards at once: what it set off would stand in the history that a mended worker replays.
    const end = toEnd(error);
    beside.cancel();
    await scoring.catch(() => undefined);
    throw end;
  }
}

interface Made {
  readonly video: VideoResult['video'];
  readonly footage: number;
  readonly stills: number;
  readonly score: Awaited<ReturnType<typeof makeScore>>;
}

async function conclude(run: VideoRun, { video, footage, stills, score }: Made): Promise<VideoResult> {
  const { board, brief, storyboard, timeline } = run;
  const manifest = await writeManifest(run, 'succeeded');
  board.setStatus('succeeded');
  const { phases, costUsd } = board.snapshot();
  return {
    videoId: brief.videoId,
    status: 'succeeded',
    video,
    manifest,
    durationSeconds: brief.durationSeconds,
    beats: storyboard.beats.length,
    stills,
    chunks: timeline.length,
    clips: footage,
    costUsd,
    music: score.status === 'failed' ? { status: 'failed', reason: score.reason } : { status: score.status },
    phases,
  };
}

/**
 * A cancellation admits nobody any more who waits for a place at a host or for money, and ends at once what runs
 * there: steps in flight, which are waited for, take longer than that.
 */
function closeOnCancel(video: OpenVideo, { stills, chunks, treasury }: VideoRun): void {
  CancellationScope.current().cancelRequested.catch((reason: unknown) => {
    for (const gate of [stills, chunks, treasury]) gate.close(reason as Error);
    video.ending = CancellationScope.nonCancellable(() => endEarly(video));
  });
}
