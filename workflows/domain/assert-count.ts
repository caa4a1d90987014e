/** Two numbers that must agree. */
export interface ExpectedCount {
  /** What was made, e.g. `stills`. */
  readonly things: string;
  readonly count: number;
  /** What it was made for, e.g. `beats`. */
  readonly wholes: string;
  readonly expected: number;
}

/** Names both counts of a fan-out whose results do not match what went in. */
export class CountMismatch extends Error {
  constructor({ things, count, wholes, expected }: ExpectedCount) {
    super(`There are ${count} ${things} for ${expected} ${wholes}.`);
    this.name = 'CountMismatch';
  }
}

/** Checked after every fan-out, not assumed. @throws CountMismatch */
export function assertCount(counts: ExpectedCount): void {
  if (counts.count !== counts.expected) throw new CountMismatch(counts);
}
