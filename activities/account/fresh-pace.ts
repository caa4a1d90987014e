import type { Pace } from '../../domain/schemas/pace-schema.ts';

/**
 * How an account starts of which nothing is known: one by one, because at an account with low credit the second order
 * is refused already, and of a burst all but the first.
 */
export const freshPace: Pace = {
  state: 'careful',
  notBefore: 0,
  periodMs: 0,
  left: 2,
  wanted: 0,
  isProbing: false,
};
