/** Choices that look random and are the same for the same seed, on every machine. */
export interface SeededRandom {
  /** 0 up to, but not including, 1. */
  next(): number;
  /** @throws RangeError when there is nothing to choose from */
  pick<T>(choices: readonly T[]): T;
  /** A new list with the same entries in another order. */
  shuffle<T>(entries: readonly T[]): T[];
}

/** A small generator (Tommy Ettinger's mulberry32) for choices of taste; nothing secret may hang on it. */
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
    pick: (choices) => pickOne(choices, next),
    shuffle: (entries) => shuffleAll(entries, next),
  };
}

function pickOne<T>(choices: readonly T[], next: () => number): T {
  if (choices.length === 0) throw new RangeError('There is nothing to choose from: the list is empty.');
  return choices[Math.floor(next() * choices.length)] as T;
}

/** Fisher and Yates: every order is equally likely. */
function shuffleAll<T>(entries: readonly T[], next: () => number): T[] {
  const shuffled = [...entries];
  for (let at = shuffled.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [shuffled[at], shuffled[other]] = [shuffled[other] as T, shuffled[at] as T];
  }
  return shuffled;
}
