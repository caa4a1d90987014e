import type { Language, Mood } from '../languages/language.ts';
import { moods } from '../languages/language.ts';
import { joinClauses, splitClauses } from './split-clauses.ts';
import { hasWords } from './split-sentences.ts';

/** `Tokyo, 1969`, as scripts say it. */
const placeAndYear = /^\p{Lu}[\p{L}’'-]+(?:[ ,]+\p{Lu}[\p{L}’'-]+)*,? \d{4}$/u;

/** A sentence, and what it says of the look and the music of the whole video. */
export interface StyledSentence {
  /** What is left; may be empty. */
  readonly text: string;
  readonly style: readonly string[];
  readonly music: readonly string[];
}

/** Takes clauses such as `in watercolour style`, `calm and cosy` and `Music: slow piano` out of a sentence. */
export function takeStyle(sentence: string, language: Language): StyledSentence {
  const { style } = language;
  const whole = sentence.replace(/[\s.!。！।]+$/u, '');
  const music = named(style.music.exec(whole));
  if (music !== undefined) return { text: '', style: [], music: [music] };
  const look = named(style.clause.exec(whole));
  if (look !== undefined) return { text: '', style: [look], music: [] };
  if (placeAndYear.test(whole) || isTone(whole, style, [style.times]))
    return { text: '', style: [whole], music: [] };
  const found = { style: [] as string[], music: [] as string[] };
  const all = splitClauses(sentence);
  const kept = all.filter(({ text }) => !takeClause(text, language, found));
  const text = joinClauses(kept);
  // What a mood stood before may be about the look as a whole, too: `Cinematic, no people.`
  const rest =
    kept.length === all.length ? undefined : named(style.clause.exec(text.replace(/[\s.!。！।]+$/u, '')));
  if (rest !== undefined) return { ...found, style: [...found.style, rest], text: '' };
  return { ...found, text: hasWords(text) ? text : '' };
}

function takeClause(
  clause: string,
  { style }: Language,
  found: { style: string[]; music: string[] },
): boolean {
  const bare = clause.replace(/^[\s]+|[\s.!。！।]+$/gu, '');
  const music = named(style.music.exec(bare));
  if (music !== undefined) return found.music.push(music) > 0;
  if (style.technical.test(bare)) return true;
  const match = style.clause.exec(bare);
  const isLook = match !== null && match.groups?.['what3'] === undefined;
  if (!isLook && !isTone(bare, style)) return false;
  return found.style.push(named(match) ?? bare) > 0;
}

function named(match: RegExpExecArray | null): string | undefined {
  return Object.values(match?.groups ?? {}).find(Boolean);
}

/** Whether a clause says nothing but how it feels or looks. */
function isTone(clause: string, style: Language['style'], others: readonly RegExp[] = []): boolean {
  const words = [...others, style.tones, style.looks, style.fast, style.slow, ...Object.values(style.moods)];
  const isOne = (part: string): boolean => words.some((pattern) => pattern.exec(part)?.[0] === part);
  const isAll = (part: string): boolean => {
    const parts = part.split(style.and).filter(hasWords);
    return isOne(part.trim()) || (parts.length > 0 && parts.every((one) => isOne(one.trim())));
  };
  return splitClauses(clause).every(({ text }) => isAll(text));
}

const negated = /(?:^|\s)(?:not|no|never|without|nicht|keine?n?|ohne|pas|sans|sin|nunca)\s+(?:\S+\s+)?$/iu;

/** Finds words of media, eras and moods wherever they stand, as they are written, in order. */
export function findLooks(text: string, { style }: Language): string[] {
  return [style.looks, ...Object.values(style.moods)]
    .flatMap((pattern) => findAll(text, pattern))
    .sort((one, other) => one.index - other.index)
    .map((match) => match[0].trim());
}

/** The light of the video, where its beginning names one and nothing else does. */
export function findLight([first = '', ...others]: readonly string[], { style }: Language): string[] {
  const lights = findAll(first, style.times);
  const isOnly = lights.length === 1 && others.every((text) => !style.times.test(text));
  return isOnly ? lights.map(([light]) => light) : [];
}

export function findMoods(text: string, { style }: Language): Mood[] {
  return moods.filter((mood) => {
    const pattern = style.moods[mood];
    return pattern !== undefined && findAll(text, pattern).length > 0;
  });
}

export function findAll(text: string, pattern: RegExp): RegExpExecArray[] {
  return [...text.matchAll(new RegExp(pattern.source, `${pattern.flags}g`))].filter(
    ({ index }) => !negated.test(text.slice(0, index)),
  );
}
