import { z } from 'zod';

/** Milliseconds since 1970 in code, ISO 8601 in the object for people. By the store's clock. */
const time = z.codec(z.iso.datetime(), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});

/**
 * The order rate of an account, as all its workers agree. `open`: as fast as the queues allow.
 * `careful`: one order at a time, `periodMs` apart, and none before `notBefore`.
 */
export const paceSchema = z.object({
  state: z.enum(['open', 'careful']),
  /** The end of a cool-down, or the earliest next order. */
  notBefore: time,
  /** Time between two orders; 0 where the host has not throttled. */
  periodMs: z.number().nonnegative(),
  /** Orders to place at this period before the next try of a shorter one. */
  left: z.int().nonnegative(),
  /** Start value of `left` at the period that the host asked for; grows when a shorter period failed. */
  wanted: z.int().nonnegative(),
  /** Whether orders currently go out faster than the host asked for, as a test. */
  isProbing: z.boolean(),
  openedAt: time.optional(),
  /** Time of the last accepted order; while `open`, up to five minutes behind. */
  acceptedAt: time.optional(),
  throttledAt: time.optional(),
  /** The worker that may order now. */
  turn: z.object({ holder: z.string(), since: time }).optional(),
});

export type Pace = z.output<typeof paceSchema>;

/** Key prefix of the paces of all accounts of a host. */
export function paceFolder(host: string): string {
  return `accounts/${host}-`;
}

/** Key of an account's pace. @param account as its host calls it: `<host>-…` */
export function paceKey(account: string): string {
  return `accounts/${account}.json`;
}
