import type { Brief } from '../workflows/domain/brief.ts';
import { validateAndFixBeatCount } from '../workflows/domain/beat-count.ts';
import { planTimeline } from '../workflows/domain/chunks.ts';
import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { Storyboard } from '../workflows/domain/storyboard.ts';
import type { StoryboardDraft } from './planning/build-storyboard.ts';
import { draftStoryboard } from './planning/build-storyboard.ts';
import { appendTruncation } from './planning/truncation-log.ts';
import type { ActivityRun } from './runtime/define-activity.ts';
import { defineActivity } from './runtime/define-activity.ts';
import { BeatreelFailure } from './runtime/failures.ts';
import type { ObjectStore } from './storage/object-store.ts';
import { putOnce } from './storage/put-once.ts';

export interface PlanRequest {
  readonly brief: Brief;
}

export interface PlanDependencies {
  readonly store: ObjectStore;
  /** Where `beat_truncation.log` is kept. */
  readonly logFolder: string;
  /** Who plans; need not answer alike twice. Default: the built-in planner. */
  readonly draftStoryboard?: ((brief: Brief) => StoryboardDraft) | undefined;
}

/** Plans the video. Safe to run again: the first storyboard of a video is stored and stands. */
export function createPlanStoryboard({
  store,
  logFolder,
  draftStoryboard: draft = draftStoryboard,
}: PlanDependencies) {
  return defineActivity(async ({ brief }: PlanRequest, run): Promise<Storyboard> => {
    const key = `videos/${brief.videoId}/storyboard.json`;
    const stored = (await store.getJson(key))?.value as Storyboard | undefined;
    const storyboard = stored ?? (await putOnce(store, key, plan(brief, draft(brief))));
    await noteTruncation(logFolder, storyboard, run);
    return storyboard;
  });
}

function plan(brief: Brief, draft: StoryboardDraft): Storyboard {
  const { beats, truncation } = fixBeats(draft.beats, brief);
  const chunks = planTimeline(beats, brief.models.clip).length;
  const { still, clip, score } = brief.models;
  const music = brief.music.enabled ? score.highestPriceUsd : 0;
  const estimate = beats.length * still.highestPriceUsd + chunks * clip.highestPriceUsd + music;
  return {
    beats,
    durationSeconds: brief.durationSeconds,
    musicPrompt: draft.musicPrompt,
    estimateUsd: Math.round(estimate * 1e6) / 1e6,
    plannedBy: draft.plannedBy,
    ...(truncation ? { truncation } : {}),
  };
}

function fixBeats(planned: Parameters<typeof validateAndFixBeatCount>[0], brief: Brief) {
  try {
    return validateAndFixBeatCount(planned, brief.durationSeconds);
  } catch (cause) {
    const rule = cause instanceof Error ? cause.message : String(cause);
    throw new BeatreelFailure(failureTypes.invalidRequest, `The storyboard cannot fill the video: ${rule}`, {
      cause,
      details: [{ field: 'beats', value: `${planned.length} beats`, rule }],
    });
  }
}

async function noteTruncation(
  logFolder: string,
  { truncation }: Storyboard,
  { log, workflowId: videoId }: ActivityRun,
): Promise<void> {
  if (!truncation) return;
  log.warn('Beats truncated to fit the duration', { ...truncation });
  const written = await appendTruncation(logFolder, { videoId, ...truncation });
  if (!written) log.warn('Truncation log not written', { logFolder });
}
