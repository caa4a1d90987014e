import type { ForbiddingWords } from './language.ts';

export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').filter(Boolean));
}

/** Matches a word that is one of these, parted by `|`. */
export function wholeWord(words: string): RegExp {
  return new RegExp(`^(?:${words})$`, 'iu');
}

/** The words of a language that forbid. */
interface ForbiddingPhrases {
  /** Words of courtesy, in front or at the end. */
  readonly softly: string;
  readonly but: string;
  /** Orders that open a sentence and forbid the words after them, e.g. `do not show`. */
  readonly orders: string;
  readonly no: string;
  readonly avoid: string;
  readonly without: string;
  /** Things that briefs often forbid. */
  readonly things: string;
  readonly or: string;
  readonly music: string;
}

/** Builds the patterns of a language that separates words and puts `no` and `without` in front. */
export function forbidding(words: ForbiddingPhrases): ForbiddingWords {
  const { softly, but, orders, no, avoid, without, things, or, music } = words;
  const list = `(?:${things})(?:(?:\\s*[,،/]\\s*|\\s+)(?:(?:${or})\\s*)?(?:(?:${no})\\s+)?(?:${things}))*`;
  const soft = `(?:(?:${softly}|${but}|${or})[,،]?\\s+)*`;
  return {
    clause: new RegExp(
      `^${soft}(?:(?:${orders})(?!\\p{L}).*|(?:${no}|${without}|${avoid})\\s+${list}(?:\\s+(?:on|in|at|im|auf|à|dans|sur|en|في)(?:\\s+\\S+){1,2})?(?:[,،]?\\s+(?:${softly}))*)$`,
      'iu',
    ),
    phrase: new RegExp(`(?<!\\p{L})(?:${without})\\s+${list}(?![\\p{L}\\p{M}’'-])`, 'iu'),
    also: new RegExp(`^(?:(?:${or})\\s+)?(?:${no})(?!\\p{L})`, 'iu'),
    or: new RegExp(`(?<!\\p{L})(?:${or})(?!\\p{L})`, 'iu'),
    courtesy: new RegExp(`^(?:${softly})$`, 'iu'),
    music: anyWord(music),
  };
}

/** Matches any word of manner except `others`, parted by `|`, which belong to whole sentences. */
export function mannerWord(others: string): string {
  return `(?!(?:${others})(?![\\p{L}\\p{M}’'-]))(?:[^\\s.:;!?]|[:.](?=\\S))+`;
}

/** Matches any of the words, parted by `|`, where it stands alone. */
export function anyWord(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${words})(?![\\p{L}\\p{M}\\p{N}])`, 'iu');
}
