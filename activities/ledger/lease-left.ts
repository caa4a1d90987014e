import type { HeldEntry } from './ledger.ts';

/** Milliseconds, by the store's clock, for which an entry that is `posting` is untouchable; 0 or less: no more. */
export function leaseLeftMs({ entry, storeTime }: HeldEntry): number {
  const untilMs = Date.parse(entry.leaseUntil ?? '') - storeTime.getTime();
  return Number.isNaN(untilMs) ? 0 : untilMs;
}
