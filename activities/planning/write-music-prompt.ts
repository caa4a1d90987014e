import type { Brief } from '../../domain/brief.ts';

import type { Mood } from './languages/language.ts';
import { promptLimits } from './prompt-limits.ts';
import type { BriefReading } from './read-brief.ts';
import { isInstrument } from './warn-of-prompt.ts';
import { cutAtWord } from '../../domain/cut-at-word.ts';
import { findAll, findMoods } from './words/find-style.ts';

/** The sound of each mood, in English for music models, whatever the language of the brief. */
const sounds: Readonly<Record<Mood, string>> = {
  gritty: 'gritty, hard drums and distorted bass',
  calm: 'calm, sparse and gentle',
  playful: 'playful, light plucked strings and woodwinds',
  sad: 'wistful, slow strings',
  epic: 'epic, wide orchestra with big drums',
  tense: 'tense, low pulse that rises',
  joyful: 'joyful, bright rhythm',
  dreamy: 'dreamy, soft floating textures',
};

const neutral = 'unobtrusive instrumental score';
const mostMoods = 2;

/**
 * Describes the score: the brief's own style first, else its prompt's words on music, else its moods and pace,
 * else neutral. At most 300 characters; the rest is left out.
 */
export function writeMusicPrompt(brief: Brief, reading: BriefReading): string {
  const asked = brief.music.style ?? (reading.music.join(', ') || undefined);
  const without = reading.forbidden.filter(isInstrument);
  const sound = [asked ?? soundOf(reading), ...without].join(', ').replace(/\s+/g, ' ');
  const style = cutAtWord(sound, promptLimits.music);
  const isSung = /\b(?:vocals?|voices?|sing(?:s|ing|er)?|sung|lyrics|choir|rap)\b/i.test(style);
  const parts = [
    `${brief.durationSeconds} seconds long`,
    ...(isSung ? [] : ['instrumental, no vocals']),
    'clear ending',
  ];
  return parts.reduce(
    (text, part) => (text.length + 2 + part.length <= promptLimits.music ? `${text}, ${part}` : text),
    style,
  );
}

function soundOf({ units, style, language }: BriefReading): string {
  const prompt = [...units.map(({ text }) => text), ...style].join('\n');
  const found = findMoods(prompt, language).slice(0, mostMoods);
  const mood = found.length === 0 ? neutral : found.map((name) => sounds[name]).join(', ');
  return `${mood}, ${paceOf(prompt, language)}`;
}

function paceOf(prompt: string, { style }: BriefReading['language']): string {
  const isFast = findAll(prompt, style.fast).length > 0;
  const isSlow = findAll(prompt, style.slow).length > 0;
  if (isFast === isSlow) return 'medium tempo';
  return isFast ? 'fast, 140 BPM' : 'slow, 70 BPM';
}
