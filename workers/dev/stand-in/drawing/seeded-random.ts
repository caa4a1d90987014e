import { sha256 } from '../sha256.ts';

/** Numbers that look random and are always the same for the same text. */
export interface SeededRandom {
  /** Between `low` (inclusive) and `high` (exclusive). */
  between(low: number, high: number): number;
  /** One of the entries. */
  pick<Entry>(entries: readonly [Entry, ...Entry[]]): Entry;
}

/** A generator for one text (mulberry32, seeded with the text's hash). */
export function createSeededRandom(text: string): SeededRandom {
  let state = Number.parseInt(sha256(text).slice(0, 8), 16);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    between: (low, high) => low + next() * (high - low),
    pick: (entries) => entries[Math.floor(next() * entries.length)] ?? entries[0],
  };
}
