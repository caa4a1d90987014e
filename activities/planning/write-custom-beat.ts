import type { PlannedBeat } from '../../domain/beat-count.ts';
import type { BeatRequest, Brief } from '../../domain/brief.ts';

import { promptLimits, titleLimit } from './prompt-limits.ts';
import type { BriefReading } from './read-brief.ts';
import { cutAtWord } from '../../domain/cut-at-word.ts';
import { splitClauses } from './words/split-clauses.ts';
import { endSentence, join } from './write-beat.ts';

/** Turns a person's beat into a planned one: their words, and the brief's style. */
export function writeCustomBeat(
  { prompt, durationSeconds, title, motionPrompt }: BeatRequest,
  { style, language }: BriefReading,
  { productImage }: Brief,
): PlannedBeat {
  const words = prompt.trim();
  const summary = cutAtWord((splitClauses(words)[0]?.text ?? words).replace(/\s+/g, ' '), titleLimit);
  const others = style.filter((look) => !words.toLowerCase().includes(look.toLowerCase()));
  const added = [
    ...(productImage ? [language.camera.asInPicture] : []),
    ...(others.length > 0 ? [others.join(language.comma)] : []),
  ];
  const gap = language.comma.endsWith(' ') ? ' ' : '';
  const stillPrompt =
    added.length > 0 ? endSentence(words, language.stop) + gap + join(added, language) : words;
  return {
    purpose: 'custom',
    title: title?.trim() ?? summary,
    durationSeconds,
    shot: 'as written',
    action: summary,
    cameraMovement: 'as written',
    stillPrompt: stillPrompt.length <= promptLimits.still ? stillPrompt : words,
    motionPrompt: motionPrompt?.trim() ?? words,
    cast: [],
  };
}
