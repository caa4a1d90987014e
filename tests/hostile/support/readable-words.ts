import type { Observation } from './observe.ts';

/** The longest readable reason; a longer text is a log. */
const longest = 2_000;

const unreadable: readonly (readonly [RegExp, string])[] = [
  [/\bundefined\b|\bNaN\b|\bnull\b|\[object /, 'say nothing'],
  [/\n\s+at /, 'hold a stack trace'],
  [/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/, 'hold control characters'],
  [/^\s*$/, 'are empty'],
];

/** Finds faults in words for people; a parked or waiting video must have some words. */
export function findUnreadable({ state, words }: Observation): string[] {
  const bad = words.flatMap((text) => [
    ...unreadable
      .filter(([pattern]) => pattern.test(text))
      .map(([, what]) => `its words ${what}: ${JSON.stringify(text)}`),
    ...(text.length > longest ? [`its words are ${text.length} characters`] : []),
  ]);
  const isMute = (state === 'parked' || state === 'refused') && words.length === 0;
  return isMute ? ['it says nothing'] : bad;
}
