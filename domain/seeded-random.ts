/** Choices that look random and are the same for the same seed, on every machine. */
export interface SeededRandom {
  /** 0 up to, but not including, 1. */
  next(): number;
  /** Between `low` (inclusive) and `high` (exclusive). */
  between(low: number, high: number): number;
  pick<T>(entries: readonly [T, ...T[]]): T;
}

/**
 * A small generator (Tommy Ettinger's mulberry32) for choices of taste; not for secrets.
 *
 * @param seed a whole number; only its lowest 32 bits count
 */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    pick: (entries) => entries[Math.floor(next() * entries.length)] ?? entries[0],
  };
}
