import { countWords } from './count-words.ts';
import { cutAtWord } from '../../../domain/cut-at-word.ts';
import type { Clause } from './split-clauses.ts';
import { joinClauses, splitClauses } from './split-clauses.ts';
import type { Unit } from './split-sentences.ts';
import { hasWords } from './split-sentences.ts';

/** Shorter parts are entries of a list such as `flour, water and yeast`, which stay together. */
const leastWords = 3;
const leastLength = 6;
/** The end of a Japanese topic whose statement still follows. */
const openTopic = /[はがも]$/u;
/** Words that open a clause which depends on the one before the comma. */
const leans =
  /^(?:who|which|that|whose|where|der|die|das|dem|den|deren|welche[rs]?|qui|que|dont|où|quien|donde|التي|الذي|जो)\s/iu;
/** The most characters of a prompt that one entry may fill. */
const longestUnit = 1000;

/**
 * Splits a list into its entries: after a colon, e.g. `Focaccia: mix, proof and bake.`, with the heading first; or a
 * sentence that strings whole clauses together.
 */
export function splitList(unit: Unit): Unit[] {
  const clauses = splitClauses(unit.text);
  const at = clauses.findIndex(({ mark }) => /[:：]/.test(mark));
  const [head, items] = [clauses.slice(0, at + 1), clauses.slice(at + 1)];
  const isPlain =
    items.length > 2 && items.every(({ text, mark }) => /\p{L}/u.test(text) && !/[:：]/.test(mark));
  const isList = isPlain && (at !== -1 || items.every(({ text }) => isLong(text) && !leans.test(text)));
  if (!isList) return [unit];
  const listed = items.map(({ text }) => ({ text, isListed: true }));
  return [...(at === -1 ? [] : [{ ...unit, text: joinClauses(head) }]), ...listed];
}

/**
 * @param subject words that always keep the clause after them
 * @returns the unit in two at its clearest pause; undefined where it has none
 */
export function splitInTwo(unit: Unit, subject: string): readonly [Unit, Unit] | undefined {
  const clauses = splitClauses(unit.text);
  const pauses = clauses.slice(0, -1).map((_, at) => ({ at, strength: strengthAt(clauses, at) }));
  const startOf = (at: number): string => joinClauses(clauses.slice(0, at + 1));
  const best = pauses
    .filter(({ at, strength }) => strength > 0 && !subject.toLowerCase().includes(startOf(at).toLowerCase()))
    .sort((a, b) => b.strength - a.strength)[0];
  if (!best) return undefined;
  const halves = [clauses.slice(0, best.at + 1), clauses.slice(best.at + 1)].map(joinClauses);
  const [first = '', second = ''] = halves;
  return [
    { ...unit, text: first },
    { ...unit, text: second },
  ];
}

/** The strength of a pause, from 0 (no split allowed) to 3; of two alike the one nearer to the middle is stronger. */
function strengthAt(clauses: readonly Clause[], at: number): number {
  const [left, right] = [clauses[at], clauses[at + 1]];
  if (!left || !right || leans.test(right.text)) return 0;
  if (openTopic.test(left.text) || !isLong(left.text) || !isLong(right.text)) return 0;
  const mark = left.mark.trim();
  const kind = /[,،、，]/.test(mark) ? 1 : 2;
  return kind + 1 - Math.abs((at + 1) / clauses.length - 0.5);
}

function isLong(text: string): boolean {
  return countWords(text) >= leastWords && text.length >= leastLength;
}

/** Splits a unit too long for any prompt at words; only a word that is too long itself is cut. */
export function splitLong(unit: Unit): Unit[] {
  if (unit.text.length <= longestUnit) return [unit];
  const parts: Unit[] = [];
  for (let rest = unit.text; hasWords(rest);) {
    const part = cutAtWord(rest, longestUnit) || rest;
    parts.push({ ...unit, text: part });
    rest = rest
      .trim()
      .slice(part.length)
      .replace(/^[^\p{L}\p{N}\p{So}\p{Sc}]+/u, '');
  }
  return parts;
}
