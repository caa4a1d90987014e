import type { Brief } from '../../domain/brief.ts';

import { findLostWords } from './find-lost-words.ts';
import { languages } from './languages/find-language.ts';
import { countWords } from './words/count-words.ts';
import type { BriefReading } from './read-brief.ts';

/** Warns of what a prompt forbids: the models that make pictures and music take no such orders. */
export function warnOfForbidden({ music }: Brief, { forbidden }: BriefReading): string[] {
  return forbidden.flatMap((words) => {
    if (isInstrument(words)) return [];
    const isMusic = languages.some(({ forbids }) => forbids.music.test(words));
    const isMore = !isMusic || languages.some(({ forbids }) => forbids.or.test(words));
    const promised = `“${words}”: music.enabled is true; set it to false for a video without music.`;
    const unpromised = `The built-in planner cannot promise this, so no prompt names it: “${words}”`;
    return [...(isMusic && music.enabled ? [promised] : []), ...(isMore ? [unpromised] : [])];
  });
}

/** A longer sentence forbids more than an instrument. */
const mostWords = 7;

/** Whether the words name an unwanted instrument, which the music model can be told. */
export function isInstrument(words: string): boolean {
  return countWords(words) <= mostWords && languages.some(({ style }) => style.instruments.test(words));
}

/** Warns of prompt content that the brief's own beats leave out. */
export function warnOfUntold({ beats = [] }: Brief, { units }: BriefReading): string[] {
  const told = beats.map(({ prompt, motionPrompt = '' }) => `${prompt} ${motionPrompt}`);
  return units
    .filter(({ text }) => findLostWords(text, told).length > 0)
    .map(({ text }) => `The brief has beats of its own, which do not tell: “${text}”`);
}
