import type { PlannedBeat } from '../../workflows/domain/beat-count.ts';
import type { BeatRequest, Brief } from '../../workflows/domain/brief.ts';
import type { CastMember, PlanningReport, TemplateChoice } from '../../workflows/domain/storyboard.ts';

import { findBeatKind } from './beat-library.ts';
import { chooseKinds } from './choose-kinds.ts';
import { chooseLengths } from './choose-lengths.ts';
import type { Look } from './choose-look.ts';
import { chooseLook } from './choose-look.ts';
import type { BriefWords } from './read-brief-words.ts';
import { readBriefWords } from './read-brief-words.ts';
import type { SeededRandom } from './seeded-random.ts';
import { createSeededRandom } from './seeded-random.ts';
import { arcOf, storyArcs } from './story-arcs.ts';
import { writeBeat } from './write-beat.ts';
import { writeCustomBeat } from './write-custom-beat.ts';
import { writeMusicPrompt } from './write-music-prompt.ts';

/** A plan before it is fitted to the length of the video. */
export interface StoryboardDraft {
  readonly template: TemplateChoice;
  /** The whole story in a sentence, where the planner wrote one. */
  readonly logline?: string;
  /** Who and what recurs. */
  readonly cast: readonly CastMember[];
  /** In story order. */
  readonly beats: readonly PlannedBeat[];
  /** At most 300 characters. */
  readonly musicPrompt: string;
  /** `built-in`, `brief` when a person wrote the beats, or the name of a language model. */
  readonly plannedBy: string;
  /** Sentences that name what of the brief was left out. */
  readonly warnings: readonly string[];
  /** Present where a language model was asked. */
  readonly planning?: PlanningReport;
}

/** What the beats may dwell on when the brief names nothing. */
const plainFeatures = [
  'its shape and proportions',
  'the care that went into it',
  'how easy it is',
  'the difference it makes',
  'the small details',
] as const;

/**
 * Plans a video without a language model: from the brief's own words, along the arc of its template. The same brief
 * with the same seed gives the same plan. Beats of the brief replace planned ones, all of them, in order, even when
 * they are too many for the duration.
 *
 * @returns planned beats of 5, 10 or 15 s that add up to the duration rounded up to 5 s; never more than fit
 */
export function draftStoryboard(brief: Brief): StoryboardDraft {
  const random = createSeededRandom(brief.seed);
  const words = readBriefWords(brief.prompt);
  const look = chooseLook(brief, words, random);
  const musicPrompt = writeMusicPrompt(brief, look);
  const given = { template: chooseTemplate(brief), cast: [], musicPrompt, warnings: [] };
  if (brief.beats) return { ...given, beats: writeCustomBeats(brief, brief.beats, look), plannedBy: 'brief' };
  return { ...given, beats: tellStory(brief, { words, look, random }), plannedBy: 'built-in' };
}

function chooseTemplate(brief: Brief): TemplateChoice {
  return brief.template
    ? { name: brief.template, reason: 'The brief asks for it.' }
    : { name: arcOf(brief), reason: 'The brief names none.' };
}

function writeCustomBeats(brief: Brief, requests: readonly BeatRequest[], look: Look): PlannedBeat[] {
  const hasProductImage = brief.productImage !== undefined;
  return requests.map((request, index) => writeCustomBeat(request, { look, index, hasProductImage }));
}

interface StoryMaterial {
  readonly words: BriefWords;
  readonly look: Look;
  readonly random: SeededRandom;
}

function tellStory(brief: Brief, { words, look, random }: StoryMaterial): PlannedBeat[] {
  const lengths = chooseLengths(brief.durationSeconds, random);
  const kinds = chooseKinds(storyArcs[arcOf(brief)], lengths.length, random);
  const features = words.features.length > 0 ? words.features : plainFeatures;
  const firstStill = Math.floor(random.next() * 6);
  return kinds.map((name, index) => {
    const isLast = index === kinds.length - 1;
    const earlier = kinds.slice(0, index).filter((other) => other === name).length;
    return writeBeat({
      kind: findBeatKind(name),
      durationSeconds: lengths[index] ?? 5,
      subject: words.subject,
      feature: features[index % features.length] ?? words.subject,
      focus: isLast && index > 0 ? undefined : words.features[index % words.features.length],
      context: words.context,
      look,
      earlier,
      still: firstStill + index,
      hasProductImage: brief.productImage !== undefined,
    });
  });
}
