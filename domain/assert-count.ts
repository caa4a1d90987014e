import { countOf } from './count-of.ts';

/** Two numbers that must agree. */
export interface ExpectedCount {
  /** The noun of the things made, e.g. `stills`. */
  readonly what: string;
  readonly count: number;
  /** The noun of the things they were made for, e.g. `beats`. */
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

/** Compares the counts after a fan-out. @throws CountMismatch */
export function assertCount(counts: ExpectedCount): void {
  if (counts.count !== counts.expected) throw new CountMismatch(counts);
}
