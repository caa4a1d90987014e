import { findLanguage, languages } from './languages/find-language.ts';
import type { Language } from './languages/language.ts';
import { dropRequests } from './words/drop-requests.ts';
import type { AllowedSentence } from './words/take-forbidden.ts';
import { takeForbidden } from './words/take-forbidden.ts';
import { findLight, findLooks, takeStyle } from './words/find-style.ts';
import type { Subject } from './words/find-subject.ts';
import { findSubject } from './words/find-subject.ts';
import type { Unit } from './words/split-sentences.ts';
import { hasWords, splitUnits } from './words/split-sentences.ts';
import { splitList, splitLong } from './words/split-unit.ts';

/** A brief's prompt, sorted into content, look and music; every word of it as it was written. */
export interface BriefReading {
  readonly language: Language;
  /** The content, in order. Never empty. */
  readonly units: readonly Unit[];
  readonly subject: Subject;
  /** The prompt's words on medium, mood, light, place and era. */
  readonly style: readonly string[];
  /** Its words on the music. */
  readonly music: readonly string[];
  /** Things that must not be shown or played. */
  readonly forbidden: readonly string[];
  /** Words of the request, e.g. `make a video about`, which appear in no beat. */
  readonly asked: readonly string[];
}

/** Reads a prompt by its marks, its small words and set phrases. Always the same for the same text. */
export function readBrief(prompt: string): BriefReading {
  const language = findLanguage(prompt);
  const sorted = splitUnits(prompt, language.code).map((unit) => sortOut(unit, language));
  const told = sorted.flatMap(({ unit }) => (hasWords(unit.text) ? [unit] : []));
  const style = sorted.flatMap((sentence) => sentence.style);
  const instead = style.length > 0 ? style.join(language.comma) : prompt.replace(/\s+/g, ' ').trim();
  const units = (told.length > 0 ? told : [{ text: instead, isListed: false }])
    .flatMap(splitList)
    .flatMap(splitLong);
  const texts = units.map(({ text }) => text);
  return {
    language,
    units,
    subject: findSubject(texts, language),
    style: dropRepeats([...style, ...findLooks(texts.join('\n'), language), ...findLight(texts, language)]),
    music: sorted.flatMap(({ music }) => music),
    forbidden: sorted.flatMap(({ forbidden }) => forbidden),
    asked: sorted.flatMap(({ unit, asked }) => [...(unit.mark === undefined ? [] : [unit.mark]), ...asked]),
  };
}

function sortOut(unit: Unit, language: Language) {
  const { text: allowed, forbidden } = takeAllForbidden(unit.text);
  const { text, manner, asked } = dropRequests(allowed, language);
  const rest = takeStyle(text, language);
  return {
    unit: { ...unit, text: rest.text },
    style: [...(manner === '' ? [] : [manner]), ...rest.style],
    music: rest.music,
    forbidden,
    asked: [...asked, ...rest.asked],
  };
}

/** Tries every language: people add `no text` in English, and a short text does not tell its language. */
function takeAllForbidden(sentence: string): AllowedSentence {
  return languages.reduce<AllowedSentence>(
    ({ text, forbidden }, language) => {
      const rest = takeForbidden(text, language);
      return { text: rest.text, forbidden: [...forbidden, ...rest.forbidden] };
    },
    { text: sentence, forbidden: [] },
  );
}

/** Drops entries that another entry already contains. */
function dropRepeats(style: readonly string[]): string[] {
  const lower = style.map((words) => words.toLowerCase());
  return style.filter((_, at) =>
    lower.every((other, index) => {
      const [mine = ''] = lower.slice(at);
      return index === at || !other.includes(mine) || (other === mine && index > at);
    }),
  );
}
