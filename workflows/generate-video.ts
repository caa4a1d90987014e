import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  TemporalFailure,
  Trigger,
} from '@temporalio/workflow';

import { CountMismatch } from '../domain/assert-count.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { VideoResult } from '../domain/progress.ts';
import { readStart, type VideoStart } from './carried-video.ts';
import { continueWhenQuiet, makeNextRevision } from './continue-video.ts';
import { endVideo, writeManifest } from './end-video.ts';
import { completeUnits } from './phases/complete-units.ts';
import { filmBeats } from './phases/film-beats.ts';
import { addSound } from './phases/add-sound.ts';
import type { Score } from './phases/make-score.ts';
import { makeScore } from './phases/make-score.ts';
import { makeStills } from './phases/make-stills.ts';
import { passGate } from './phases/pass-gate.ts';
import { showPreview } from './phases/show-preview.ts';
import { stitchClips } from './phases/stitch-clips.ts';
import { planVideo } from './plan-video.ts';
import type { PlannedVideo } from './planned-video.ts';
import { takeRequests } from './take-requests.ts';
import { Video } from './video.ts';

/**
 * Turns a brief into a finished, scored video: plan, stills, chunks, cut, sound. Started with one JSON object, the
 * brief; the workflow's id is the video's id.
 *
 * @param handedOver state of an earlier run of the video, see {@link CarriedVideo}; people and services leave it out
 *
 * @throws ApplicationFailure InvalidRequest for an impossible brief; UnitsFailed when the brief asks to fail
 */
export async function generateVideo(input: unknown, handedOver?: unknown): Promise<VideoResult> {
  const video = new Video();
  takeRequests(video);
  let start: VideoStart = {};
  try {
    start = readStart(handedOver);
    video.making = start.revision ?? 1;
    video.gates.restore(start.approvals ?? []);
    const plan = await planVideo(video, input, start);
    const result = await Promise.race([produce(plan), continueWhenQuiet(video, input, start)]);
    await video.permits.close();
    // The signal for a new revision arrived just when this one was done.
    if (video.nextRevision !== undefined) return await makeNextRevision(video, input, start);
    return result;
  } catch (error) {
    const failure = asVideoFailure(error);
    const wanted = video.nextRevision;
    if (!isCancellation(failure) && wanted !== undefined) return makeNextRevision(video, input, start);
    if (!isCancellation(failure)) video.problem = failure.message;
    await CancellationScope.nonCancellable(async () => {
      const isEnded = isCancellation(failure) || video.gates.rejection !== undefined;
      const isClean = await endVideo(video, isEnded ? 'canceled' : 'failed');
      // Predictions that may still run keep their permits, which expire after the host's own deadline.
      if (isClean) await video.permits.close();
    });
    // A revision was made while the video was ending, and its author got a confirmation.
    if (video.nextRevision !== wanted) return makeNextRevision(video, input, start);
    throw failure;
  }
}

/** Bugs fail the workflow task, not the workflow: a fixed worker resumes. @throws every bug */
function asVideoFailure(error: unknown): TemporalFailure {
  if (isCancellation(error)) return error as TemporalFailure;
  // A failure after a cancellation counts as cancellation.
  if (error instanceof TemporalFailure && CancellationScope.current().consideredCancelled) {
    return new CancelledFailure(error.message, [], error);
  }
  if (error instanceof ActivityFailure && error.cause instanceof ApplicationFailure) {
    // Show the reason of the video's end first, not that an activity failed.
    const { message, type, details } = error.cause;
    const named = { message, type: type ?? undefined, details: details ?? [] };
    return ApplicationFailure.create({ ...named, nonRetryable: true, cause: error });
  }
  if (error instanceof TemporalFailure) return error;
  if (error instanceof CountMismatch)
    return ApplicationFailure.nonRetryable(error.message, failureTypes.artifactMissing);
  throw error;
}

/** Phases 2 to 5. No chunk is bought before every still is accepted; the score is made beside the chunks. */
async function produce(plan: PlannedVideo): Promise<VideoResult> {
  await passGate(plan, 'storyboard');
  const stills = await makeStills(plan);
  await passGate(plan, 'stills');
  const beside = new CancellationScope();
  const footageIsDone = new Trigger<void>();
  const scoring = beside.run(() => makeScore(plan, footageIsDone));
  // Handle the rejection now, so that a failure of the chunks wins.
  scoring.catch(() => undefined);
  try {
    await showPreview(plan, stills, scoring);
    const footage = await filmBeats(plan, stills);
    const cut = await stitchClips(plan, footage);
    plan.treasury.endOptional();
    footageIsDone.resolve();
    const score = await scoring;
    const file = await addSound(plan, { cut, footage, score });
    return await conclude(plan, file, score);
  } catch (error) {
    // Rethrow a bug at once: cleaning up would add events that a fixed worker must replay.
    const failure = asVideoFailure(error);
    beside.cancel();
    // The score may wait for money, and cancelling its scope does not end that wait.
    plan.treasury.endOptional();
    footageIsDone.resolve();
    await scoring.catch(() => undefined);
    throw failure;
  }
}

async function conclude(plan: PlannedVideo, file: VideoResult['video'], score: Score): Promise<VideoResult> {
  const { video, brief, stills, timeline } = plan;
  const { onFailure } = brief;
  const kind = { phases: ['music'], what: 'manifests', per: 'video', onFailure } as const;
  const [manifest] = await completeUnits(video, kind, async () => [
    await plan.manifest.make(() => writeManifest(video, 'succeeded')),
  ]);
  if (!manifest) throw new RangeError('The manifest was written and there is none.');
  video.setStatus('succeeded');
  const { phases, costUsd } = video.progress();
  return {
    videoId: video.id,
    status: 'succeeded',
    video: file,
    manifest,
    durationSeconds: brief.durationSeconds,
    beats: stills.length,
    stills: stills.length,
    chunks: timeline.length,
    clips: timeline.length,
    costUsd,
    music: score.status === 'failed' ? { status: 'failed', reason: score.reason } : { status: score.status },
    phases,
  };
}
