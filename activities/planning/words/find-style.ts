import type { Language, Mood, StyleWords } from '../languages/language.ts';
import { moods } from '../languages/language.ts';
import { joinClauses, splitClauses } from './split-clauses.ts';
import { hasWords } from './split-sentences.ts';

/** `Tokyo, 1969`, as scripts say it. */
const placeAndYear = /^\p{Lu}[\p{L}’'-]+(?:[ ,]+\p{Lu}[\p{L}’'-]+)*,? \d{4}$/u;

/** A sentence, with its words on look and music of the whole video taken out. */
export interface StyledSentence {
  /** The rest of the sentence; may be empty. */
  readonly text: string;
  readonly style: readonly string[];
  readonly music: readonly string[];
  /** Words in front of them, e.g. `Style:`, and of length and shape. */
  readonly asked: readonly string[];
}

/** Takes clauses such as `in watercolour style`, `calm and cosy` and `Music: slow piano` out of a sentence. */
export function takeStyle(given: string, language: Language): StyledSentence {
  const { style } = language;
  const found: Found = { style: [], music: [], asked: [] };
  const clauses = splitClauses(given).map(({ text, mark }) => ({
    text: takeAccompaniment(text, style, found),
    mark,
  }));
  const sentence = joinClauses(clauses);
  const whole = sentence.replace(/[\s.!。！।]+$/u, '');
  if (placeAndYear.test(whole) || isTone(whole, style, [style.times])) found.style.push(whole);
  else if (!takeMusic(whole, style, found) && !takeLook(whole, style, found)) {
    return takeClauses(sentence, style, found);
  }
  return { ...found, text: '' };
}

interface Found {
  readonly style: string[];
  readonly music: string[];
  readonly asked: string[];
}

function takeClauses(sentence: string, style: StyleWords, found: Found): StyledSentence {
  const all = splitClauses(sentence);
  const kept = all.filter(({ text }) => !takeClause(text, style, found));
  const text = joinClauses(kept);
  return { ...found, text: hasWords(text) ? text : '' };
}

/** Notes a clause that is only about look or sound. */
function takeClause(clause: string, style: StyleWords, found: Found): boolean {
  const bare = clause.replace(/^[\s]+|[\s.!。！।]+$/gu, '');
  if (takeMusic(bare, style, found)) return true;
  if (style.technical.test(bare)) return found.asked.push(bare) > 0;
  return takeLook(bare, style, found) || (isTone(bare, style) && found.style.push(bare) > 0);
}

function takeLook(clause: string, style: StyleWords, found: Found): boolean {
  const look = named(style.clause.exec(clause));
  if (look === undefined) return false;
  found.asked.push(clause.replace(look, ' '));
  return found.style.push(look) > 0;
}

/** `Music: slow piano`, or a clause such as `melancholic piano`. */
function takeMusic(clause: string, style: StyleWords, found: Found): boolean {
  const music = named(style.music.exec(clause)) ?? (isInstrument(clause, style) ? clause : undefined);
  if (music === undefined) return false;
  found.asked.push(clause.replace(music, ' '));
  return found.music.push(music) > 0;
}

/** `… with melancholic piano` at the end of a clause. */
function takeAccompaniment(text: string, style: StyleWords, found: Found): string {
  const match = /^(.+?)(?:\s(?:and|und|et|y))?\s(with|mit|avec|con)\s+([^,]{1,60}?)[.!]*$/iu.exec(text);
  const [, told = text, by = '', heard = ''] = match ?? [];
  if (!isInstrument(heard, style) && !style.music.test(`${by} ${heard}`)) return text;
  found.asked.push(text.replace(told, ' '));
  found.music.push(heard);
  return told;
}

const justThat =
  /(?<!\p{L})(?:only|just|some|with|mit|avec|con|nur|etwas|seulement|juste|solo|sólo|فقط|बस|只|だけ)(?!\p{L})/iu;

/** An instrument and how it sounds, and nothing else. An instrument alone may be something to see. */
function isInstrument(clause: string, style: StyleWords): boolean {
  if (!style.instruments.test(clause)) return false;
  const without = (text: string, pattern: RegExp): string =>
    text.replace(new RegExp(pattern.source, `${pattern.flags}g`), ' ');
  const manner = without(without(clause, style.instruments), justThat);
  const rest = [style.and, style.tones, style.fast, style.slow, ...Object.values(style.moods)].reduce(
    without,
    manner,
  );
  return hasWords(without(clause, style.instruments)) && !/[\p{L}\p{N}]{2}/u.test(rest);
}

function named(match: RegExpExecArray | null): string | undefined {
  return Object.values(match?.groups ?? {}).find(Boolean);
}

/** Whether a clause only describes feeling or look. */
function isTone(clause: string, style: StyleWords, others: readonly RegExp[] = []): boolean {
  const words = [...others, style.tones, style.looks, style.fast, style.slow, ...Object.values(style.moods)];
  const isOne = (part: string): boolean => words.some((pattern) => pattern.exec(part)?.[0] === part);
  const isAll = (part: string): boolean => {
    const parts = part.split(style.and).filter(hasWords);
    return isOne(part.trim()) || (parts.length > 0 && parts.every((one) => isOne(one.trim())));
  };
  return splitClauses(clause).every(({ text }) => isAll(text));
}

const negated = /(?:^|\s)(?:not|no|never|without|nicht|keine?n?|ohne|pas|sans|sin|nunca)\s+(?:\S+\s+)?$/iu;

/** Finds words of media and eras wherever they stand, as they are written, in order. */
export function findLooks(text: string, { style }: Language): string[] {
  return findAll(text, style.looks).map((match) => match[0].trim());
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
