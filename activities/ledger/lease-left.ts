import type { ModelHost, OrderKind } from '../providers/model-host.ts';
import type { HeldEntry } from './ledger.ts';

/** Milliseconds, by the store's clock, for which an entry that is `posting` is untouchable; 0 or less: no more. */
export function leaseLeftMs({ entry, storeTime }: HeldEntry): number {
  const untilMs = Date.parse(entry.leaseUntil ?? '') - storeTime.getTime();
  return Number.isNaN(untilMs) ? 0 : untilMs;
}

/** Beyond the POST's own time-out: writing the lease, and a process that is held up between two lines, in milliseconds. */
export const leaseMarginMs = 10_000;

/**
 * How long an order may be on its way, in milliseconds: the poster may be killed, and its order arrive late all the same.
 */
export function longestLeaseMs(host: ModelHost, kind: OrderKind): number {
  return host.createTimeoutMs(kind) + leaseMarginMs + host.lateArrivalMs;
}
