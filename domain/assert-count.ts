import { countOf } from './count-of.ts';

/** Two numbers that must agree. */
export interface ExpectedCount {
  /** What was made, e.g. `stills`. */
  readonly what: string;
  readonly count: number;
  /** What it was made for, e.g. `beats`. */
  readonly per: string;
  readonly expected: number;
}

/** Names both counts of a fan-out whose results do not match what went in. */
export class CountMismatch extends Error {
  constructor(counts: ExpectedCount) {
    super(describeCount(counts));
    this.name = 'CountMismatch';
  }
}

/** A sentence with both numbers. */
export function describeCount({ what, count, per, expected }: ExpectedCount): string {
  const of = (number: number, things: string) => countOf(number, things.replace(/s$/, ''));
  return `There ${count === 1 ? 'is' : 'are'} ${of(count, what)} for ${of(expected, per)}.`;
}

/** Checked after every fan-out, not assumed. @throws CountMismatch */
export function assertCount(counts: ExpectedCount): void {
  if (counts.count !== counts.expected) throw new CountMismatch(counts);
}
