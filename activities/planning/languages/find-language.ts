import { arabic } from './arabic.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { hindi } from './hindi.ts';
import { japanese } from './japanese.ts';
import type { Language } from './language.ts';
import { wordSet } from './patterns.ts';
import { spanish } from './spanish.ts';

/** All languages that the planner knows. */
export const languages: readonly Language[] = [
  english,
  german,
  french,
  spanish,
  arabic,
  chinese,
  hindi,
  japanese,
];

const scripts: readonly (readonly [RegExp, Language])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, japanese],
  [/\p{Script=Han}/gu, chinese],
  [/\p{Script=Arabic}/gu, arabic],
  [/\p{Script=Devanagari}/gu, hindi],
];

/** Languages that share small words with ours and must not be taken for them. */
const neighbours = wordSet(
  'o os um uma não com da do em é il di che e della degli gli sono nel per het een van voor och att på jag af ikke w na się nie jest',
);

/** A script counts when at least a fifth of the letters are its own: a brief may quote a foreign name. */
const leastShare = 5;

/**
 * Finds the language of a brief by its script or by its small words. Falls back to English for unknown languages and
 * very short texts: its camera terms are understood everywhere, and nothing is translated.
 */
export function findLanguage(text: string): Language {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const written = scripts.find(([script]) => (text.match(script)?.length ?? 0) * leastShare > letters);
  return written ? written[1] : bySmallWords(text);
}

/** Ranks English last among equal hits, because other languages share `in` and `a`. */
function rankOf({ language, hits }: { readonly language: Language; readonly hits: number }): number {
  return Number(hits > 0 && language !== english);
}

/** Whether the text asks for a video in this language's set phrases, which tell the language, too. */
function isRequest(text: string, { requests }: Language): boolean {
  return requests.some((request) => request.test(text));
}

function bySmallWords(text: string): Language {
  // `l’eau` and `l'eau` are two words.
  const tokens =
    text
      .toLowerCase()
      .replaceAll("'", '’')
      .match(/(?<!\d)\p{L}+’?/gu) ?? [];
  const count = (words: ReadonlySet<string>): number => tokens.filter((token) => words.has(token)).length;
  const ranked = [english, german, french, spanish]
    .map((language) => ({ language, hits: count(language.smallWords) + Number(isRequest(text, language)) }))
    .sort((one, other) => other.hits - one.hits || rankOf(other) - rankOf(one));
  const [best] = ranked;
  return best && best.hits >= count(neighbours) ? best.language : english;
}
