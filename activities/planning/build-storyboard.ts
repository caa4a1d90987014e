import type { PlannedBeat } from '../../domain/beat-count.ts';
import type { BeatRequest, Brief } from '../../domain/brief.ts';
import { shortestBeatSeconds } from '../../domain/storyboard.ts';
import type { CastMember, PlanningReport, TemplateChoice } from '../../domain/storyboard.ts';

import { chooseLengths } from './choose-lengths.ts';
import { chooseTemplate, purposes } from './choose-template.ts';
import { findLostWords } from './find-lost-words.ts';
import { readBrief } from './read-brief.ts';
import type { BriefReading } from './read-brief.ts';
import type { SeededRandom } from '../../domain/seeded-random.ts';
import { createSeededRandom } from '../../domain/seeded-random.ts';
import type { Share } from './share-out.ts';
import { shareOut } from './share-out.ts';
import type { Unit } from './words/split-sentences.ts';
import { warnOfForbidden, warnOfUntold } from './warn-of-prompt.ts';
import { writeBeat } from './write-beat.ts';
import { writeCustomBeat } from './write-custom-beat.ts';
import { writeMusicPrompt } from './write-music-prompt.ts';

/** A plan before it is fitted to the length of the video. */
export interface StoryboardDraft {
  readonly template: TemplateChoice;
  /** The whole story in a sentence, where the planner wrote one. */
  readonly logline?: string;
  /** The people and things that recur. */
  readonly cast: readonly CastMember[];
  /** In story order. */
  readonly beats: readonly PlannedBeat[];
  /** At most 300 characters. */
  readonly musicPrompt: string;
  /** `built-in`, `brief` when a person wrote the beats, or the name of a language model. */
  readonly plannedBy: string;
  /** Sentences that name parts of the brief that were left out. */
  readonly warnings: readonly string[];
  /** Present where a language model was asked. */
  readonly planning?: PlanningReport;
}

/**
 * Plans a video without a language model. Shares out the brief's own words over the beats without changing them. The
 * same brief with the same seed gives the same plan. Beats of the brief replace planned ones, all of them, in order,
 * even when they are too many for the duration.
 *
 * @returns planned beats of 5, 10 or 15 s that add up to the duration rounded up to 5 s; never more than fit
 */
export function draftStoryboard(brief: Brief): StoryboardDraft {
  const reading = readBrief(brief.prompt);
  const given = { template: chooseTemplate(brief, reading), musicPrompt: writeMusicPrompt(brief, reading) };
  const draft = brief.beats
    ? { ...given, ...tellBeats(brief, brief.beats, reading), plannedBy: 'brief' }
    : { ...given, ...tellStory(brief, reading, given.template), plannedBy: 'built-in' };
  const warnings = [...draft.warnings, ...warnOfForbidden(brief, reading)];
  return { ...draft, warnings: [...warnings, ...warnOfLost(brief, reading, { ...draft, warnings })] };
}

function warnOfLost(
  { prompt, music }: Brief,
  { asked, forbidden }: BriefReading,
  { beats, musicPrompt, warnings }: Omit<StoryboardDraft, 'planning'>,
): string[] {
  const told = beats.flatMap(({ stillPrompt, motionPrompt }) => [stillPrompt, motionPrompt]);
  const kept = music.enabled ? [] : forbidden;
  const lost = findLostWords(prompt, [...told, musicPrompt, ...warnings, ...asked, ...kept]);
  return lost.length === 0 ? [] : [`Not understood, left out: “${lost.join(' ')}”`];
}

function tellBeats(brief: Brief, requests: readonly BeatRequest[], reading: BriefReading) {
  const beats = requests.map((request) => writeCustomBeat(request, reading, brief));
  return { beats, cast: [], warnings: warnOfUntold(brief, reading) };
}

function tellStory(brief: Brief, reading: BriefReading, { name }: TemplateChoice) {
  const random = createSeededRandom(brief.seed);
  const lengths = chooseLengths(brief.durationSeconds, random);
  const shares = shareOut(unitsOf(reading, lengths.length), lengths.length, {
    template: name,
    subject: reading.subject.description,
  });
  const film = chooseFilming(random);
  const [first, middle, last] = purposes[name];
  const written = shares.map((share, index) =>
    writeBeat(share, reading, {
      purpose: index === 0 ? first : index === shares.length - 1 ? last : middle,
      durationSeconds: lengths[index] ?? shortestBeatSeconds,
      ...film(index, share),
      hasProductImage: brief.productImage !== undefined,
    }),
  );
  return {
    beats: written.map(({ beat }) => beat),
    cast: [reading.subject],
    warnings: [
      ...written.flatMap(({ leftOut }) =>
        leftOut.map((words) => `Too long for the prompts, left out: “${words}”`),
      ),
      ...warnOfCrowd(shares, lengths),
    ],
  };
}

/** Drops headings such as `Tomato focaccia:` where beats are scarce, because each beat names the subject. */
function unitsOf({ units, subject }: BriefReading, count: number): readonly Unit[] {
  const others = units.filter(({ text }) => !isSaidBy(subject.description, text));
  return units.length > count && others.length > 0 ? others : units;
}

function isSaidBy(description: string, text: string): boolean {
  return description.toLowerCase().includes(text.toLowerCase().replace(/[\s.:：。।,，!]+$/u, ''));
}

/** Shots that suit any action, and shots that look closer at something seen before. */
const plainShots = [1, 3, 4, 0] as const;
const closerShots = [2, 6, 4, 7, 5, 3, 1] as const;

/** The first shot is wide; then the seed decides with which shot and movement the rounds begin. */
function chooseFilming(random: SeededRandom) {
  const movements = Math.floor(random.next() * 8);
  const start = Math.floor(random.next() * 20);
  const pick = (shots: readonly number[], at: number): number => shots[at % shots.length] ?? 0;
  return (index: number, { earlier }: Share) => ({
    shot: index === 0 ? 0 : pick(earlier > 0 ? closerShots : plainShots, start + index),
    angle: start + earlier,
    movement: movements + index,
  });
}

/** Warns of beats that hold more than one action. */
function warnOfCrowd(shares: readonly Share[], lengths: readonly number[]): string[] {
  const crowded = shares.some(
    ({ units }, at) => units.length * shortestBeatSeconds > (lengths[at] ?? shortestBeatSeconds),
  );
  if (!crowded) return [];
  const told = shares.reduce((sum, { units }) => sum + units.length, 0);
  const seconds = told * shortestBeatSeconds;
  return [
    `The prompt tells ${told} things in ${shares.length} beats, so some beats hold several, one after the other; ` +
      `${seconds} s would give each a beat of its own.`,
  ];
}
