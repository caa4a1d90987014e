import { validateAndFixBeatCount } from '../../domain/beat-count.ts';
import type { Brief } from '../../domain/brief.ts';
import { pricePlan, totalUsd } from '../../domain/estimate.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { StoryboardDraft } from './build-storyboard.ts';
import { draftStoryboard } from './build-storyboard.ts';
import { tieReferences } from './tie-references.ts';

/**
 * Plans a video: the same brief and draft give the same storyboard. Stores nothing.
 *
 * @param written default: that of the built-in planner
 * @throws BeatreelFailure InvalidRequest when the beats of the brief cannot fill the video
 */
export function planVideo(brief: Brief, written: StoryboardDraft = draftStoryboard(brief)): Storyboard {
  const draft = tieReferences(written, brief);
  const { beats, truncation } = fixBeats(draft.beats, brief);
  return {
    template: draft.template,
    ...(draft.logline === undefined ? {} : { logline: draft.logline }),
    cast: draft.cast,
    beats,
    durationSeconds: brief.durationSeconds,
    musicPrompt: draft.musicPrompt,
    estimateUsd: totalUsd(pricePlan(brief, beats)),
    plannedBy: draft.plannedBy,
    warnings: [...draft.warnings, ...nameTruncated(draft, beats.length, brief)],
    ...(truncation ? { truncation } : {}),
    ...(draft.planning ? { planning: draft.planning } : {}),
  };
}

function nameTruncated({ beats }: StoryboardDraft, kept: number, { durationSeconds }: Brief): string[] {
  const titles = beats.slice(kept).map(({ title }) => `“${title}”`);
  return titles.length === 0
    ? []
    : [`${durationSeconds} s hold ${kept} of ${beats.length} beats, left out: ${titles.join(', ')}.`];
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
