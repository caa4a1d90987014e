import type { Pace } from '../../domain/schemas/pace-schema.ts';

/**
 * The pace of an unknown account: one order at a time. At an account with low credit the host refuses even the second
 * order, and all but the first of a burst.
 */
export const freshPace: Pace = {
  state: 'careful',
  notBefore: 0,
  periodMs: 0,
  left: 2,
  wanted: 0,
  isProbing: false,
};
