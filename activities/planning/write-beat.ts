import type { PlannedBeat } from '../../domain/beat-count.ts';

import type { Language } from './languages/language.ts';
import { promptLimits, titleLimit } from './prompt-limits.ts';
import type { BriefReading } from './read-brief.ts';
import type { Share } from './share-out.ts';
import { cutAtWord } from '../../domain/cut-at-word.ts';
import { upperFirst } from './words/find-subject.ts';
import { findQuote } from './words/quoted.ts';
import type { Unit } from './words/split-sentences.ts';

/** A beat's place in the video, and its filming. */
export interface BeatPlan {
  readonly purpose: string;
  readonly durationSeconds: number;
  /** 0-based choices among the terms of the camera; they wrap around. */
  readonly shot: number;
  /** Used only where the same words were told before. */
  readonly angle: number;
  readonly movement: number;
  readonly hasProductImage: boolean;
}

/** A beat, and the content that did not fit its prompts. */
export interface WrittenBeat {
  readonly beat: PlannedBeat;
  readonly leftOut: readonly string[];
}

/**
 * Writes one beat in the words of the brief. The still shows the beat's first unit; the movement goes on from there
 * through all of them.
 */
export function writeBeat(share: Share, reading: BriefReading, plan: BeatPlan): WrittenBeat {
  const { language, subject } = reading;
  const filming = film(share, language, plan);
  const { told, leftOut } = tell(share.units, reading, filming.motion);
  const [first] = told;
  const shown = told.filter((unit) => unit === first || language.states?.test(unit.text));
  const line =
    share.earlier > 0
      ? undefined
      : told.map(({ text }) => findQuote(text)).find((quote) => quote !== undefined);
  const summary =
    cutAtWord(upperFirst(first?.text ?? subject.name), titleLimit).replace(/[\s.,:;、，：。।]+$/u, '') ||
    subject.name;
  const beat: PlannedBeat = {
    purpose: plan.purpose,
    title: summary,
    durationSeconds: plan.durationSeconds,
    shot: filming.shot,
    action: summary,
    cameraMovement: filming.movement,
    stillPrompt: joinWithin(
      promptLimits.still,
      [...sentences(shown, reading), ...filming.still, ...styleOf(shown, reading)],
      language,
    ),
    motionPrompt: joinWithin(promptLimits.motion, [...sentences(told, reading), ...filming.motion], language),
    cast: [subject.name],
    ...(line === undefined ? {} : { line }),
  };
  return { beat, leftOut };
}

interface Filming {
  readonly shot: string;
  readonly movement: string;
  /** Words on the filming for the two prompts. */
  readonly still: readonly string[];
  readonly motion: readonly string[];
}

/** Chooses the terms of the camera, unless the person's own words describe the filming. */
function film({ units, earlier }: Share, { camera, comma }: Language, plan: BeatPlan): Filming {
  const asInPicture = plan.hasProductImage ? [camera.asInPicture] : [];
  if (units.some(({ text }) => camera.named.test(text)) && earlier === 0) {
    return { shot: 'as written', movement: 'as written', still: asInPicture, motion: [camera.oneShot] };
  }
  const angle = earlier > 0 ? [pick(camera.angles, plan.angle)] : [];
  const shot = [pick(camera.shots, plan.shot), ...angle].join(comma);
  const movement = pick(camera.movements, plan.movement);
  return { shot, movement, still: [shot, ...asInPicture], motion: [`${movement}${comma}${camera.oneShot}`] };
}

function pick(choices: readonly string[], at: number): string {
  return choices[at % choices.length] ?? '';
}

/** Fits as many units as the longer of the two prompts can hold. */
function tell(units: readonly Unit[], reading: BriefReading, ending: readonly string[]) {
  const told: Unit[] = [];
  const leftOut: string[] = [];
  for (const unit of units) {
    const parts = [...sentences([...told, unit], reading), ...ending];
    const fits = join(parts, reading.language).length <= promptLimits.motion;
    if (fits) told.push(unit);
    else leftOut.push(unit.text);
  }
  return { told, leftOut };
}

/** The subject, unless the words name it, then the words. */
function sentences(units: readonly Unit[], { subject }: BriefReading): string[] {
  const texts = units.map(({ text }) => upperFirst(text));
  const isNamed = texts.some((text) => text.includes(subject.description));
  return isNamed ? texts : [subject.description, ...texts];
}

/** One line with the brief's style, without words that the units already hold. */
function styleOf(units: readonly Unit[], { style, language }: BriefReading): string[] {
  const shown = units.map(({ text }) => text.toLowerCase()).join(' ');
  const others = style.filter((words) => !shown.includes(words.toLowerCase()));
  const { joiners } = language.nounPhrase;
  const listed = others.map((words, at) =>
    at > 0 && joiners.has(firstWord(words)) ? lowerFirst(words) : words,
  );
  return listed.length === 0 ? [] : [listed.join(language.comma)];
}

function firstWord(text: string): string {
  return text.split(' ')[0]?.toLowerCase() ?? '';
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function joinWithin(limit: number, parts: readonly string[], language: Language): string {
  return parts.reduce((text, part) => {
    const longer = join([...(text === '' ? [] : [text]), part], language);
    return longer.length <= limit ? longer : text;
  }, '');
}

/** Sentences, each with its end, set as the language sets them. */
export function join(parts: readonly string[], { comma, stop }: Language): string {
  const gap = comma.endsWith(' ') ? ' ' : '';
  return parts.map((part) => endSentence(upperFirst(part.trim()), stop)).join(gap);
}

export function endSentence(text: string, stop: string): string {
  if (/[.!?…。！？।؟]\s?["”’»」』)）]?$/u.test(text)) return text;
  return `${text.replace(/[\s,;:、，；：،؛–—-]+$/u, '') || text}${stop}`;
}
