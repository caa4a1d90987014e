import { z } from 'zod';

/** Milliseconds since 1970 in code, ISO 8601 for whoever reads the object. By the store's clock. */
const time = z.codec(z.iso.datetime(), z.number(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});

/**
 * How fast an account may be ordered from, as all its workers agree. `open`: as fast as the queues allow.
 * `careful`: one order at a time, `periodMs` apart, and none before `notBefore`.
 */
export const paceSchema = z.object({
  state: z.enum(['open', 'careful']),
  /** The end of a cool-down, or the earliest next order. */
  notBefore: time,
  /** Between two orders; 0 where the host has not throttled. */
  periodMs: z.number().nonnegative(),
  /** Orders that must be taken at this period before the next one is tried sooner. */
  left: z.int().nonnegative(),
  /** What `left` starts from at the period that the host asked for; grows when trying sooner was wrong. */
  wanted: z.int().nonnegative(),
  /** Whether orders go out sooner than the host asked for, to find out if they may. */
  isProbing: z.boolean(),
  openedAt: time.optional(),
  /** When the host took an order; while `open`, up to five minutes behind. */
  acceptedAt: time.optional(),
  throttledAt: time.optional(),
  /** Who may order now. */
  turn: z.object({ holder: z.string(), since: time }).optional(),
});

export type Pace = z.output<typeof paceSchema>;

/** What the keys of the paces of all accounts of a host begin with. */
export function paceFolder(host: string): string {
  return `accounts/${host}-`;
}

/** Where the pace of an account lies. @param account as its host calls it: `<host>-…` */
export function paceKey(account: string): string {
  return `accounts/${account}.json`;
}
