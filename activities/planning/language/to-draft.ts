import type { PlannedBeat } from '../../../domain/beat-count.ts';
import type { Brief } from '../../../domain/brief.ts';
import type { CastMember, TemplateChoice } from '../../../domain/storyboard.ts';
import type { StoryboardDraft } from '../build-storyboard.ts';
import { findLanguage } from '../languages/find-language.ts';
import { promptLimits, titleLimit } from '../prompt-limits.ts';
import { cutAtWord } from '../../../domain/cut-at-word.ts';
import { join } from '../write-beat.ts';
import type { WrittenBeat, WrittenPlan } from './plan-shape.ts';
import { castOf, readCast, tieCast } from './tie-cast.ts';

const purposeLimit = 40;
const loglineLimit = 300;
const lineLimit = 300;

/** Turns a model's plan into a draft; parts that the model left out come from the built-in planner's draft. */
export function toDraft(plan: WrittenPlan, brief: Brief, builtIn: StoryboardDraft): StoryboardDraft {
  const logline = cutAtWord(plan.logline, loglineLimit);
  const cast = readCast(plan);
  return {
    template: chosenTemplate(brief),
    ...(logline === '' ? {} : { logline }),
    cast,
    beats: plan.beats.map((beat) => toBeat(beat, cast, brief)),
    musicPrompt: chooseMusic(plan, brief, builtIn),
    plannedBy: brief.models.planner,
    warnings: [],
  };
}

/** The template: the model is told of one only where a person chose it. */
function chosenTemplate({ template, models }: Brief): TemplateChoice {
  if (template !== undefined) return { name: template, reason: 'The brief asks for it.' };
  return {
    name: 'plain',
    reason: `The brief asks for none, and ${models.planner} chose its own way to tell it.`,
  };
}

function toBeat(written: WrittenBeat, cast: readonly CastMember[], brief: Brief): PlannedBeat {
  const { purpose, title, still, motion, line, durationSeconds } = written;
  const members = castOf(written, cast);
  const action = cutAtWord(still, titleLimit);
  return {
    purpose: toPurpose(purpose),
    title: title === '' ? action : cutAtWord(title, titleLimit),
    durationSeconds,
    shot: 'as written',
    action,
    cameraMovement: 'as written',
    stillPrompt: writeStill(still, members, brief),
    motionPrompt: cutAtWord(motion, promptLimits.motion),
    cast: members.map(({ name }) => name),
    ...(line === '' ? {} : { line: cutAtWord(line, lineLimit) }),
  };
}

function toPurpose(words: string): string {
  const purpose = words.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, '_');
  return (
    Array.from(purpose)
      .slice(0, purposeLimit)
      .join('')
      .replace(/^_+|_+$/g, '') || 'planned'
  );
}

/** Cuts the model's own words to make room for the cast and for the words on the product's picture. */
function writeStill(still: string, members: readonly CastMember[], { prompt, productImage }: Brief): string {
  const language = findLanguage(prompt);
  const write = (words: string) => {
    const tied = tieCast(words, members);
    return productImage ? join([tied, language.camera.asInPicture], language) : tied;
  };
  const excess = write(still).length - promptLimits.still;
  if (excess <= 0) return write(still);
  // A name that was cut off is written again, in front.
  const names = members.reduce((sum, { name }) => sum + name.length + '. '.length, 0);
  return write(cutAtWord(still, still.length - excess - names));
}

/** Puts the person's own words on music first. */
function chooseMusic({ musicPrompt }: WrittenPlan, { music }: Brief, builtIn: StoryboardDraft): string {
  if (musicPrompt === '') return builtIn.musicPrompt;
  const { style = '' } = music;
  const isHeard = musicPrompt.toLowerCase().includes(style.toLowerCase());
  return cutAtWord(isHeard ? musicPrompt : `${style}, ${musicPrompt}`, promptLimits.music);
}
