import type { ModelHost, OrderKind } from '../providers/model-host.ts';
import type { HeldEntry } from './ledger.ts';

/** Milliseconds, by the store's clock, until the lease of a `posting` entry ends; 0 or less once it has ended. */
export function leaseLeftMs({ entry, storeTime }: HeldEntry): number {
  const untilMs = Date.parse(entry.leaseUntil ?? '') - storeTime.getTime();
  return Number.isNaN(untilMs) ? 0 : untilMs;
}

/** Added to the POST's time-out, in milliseconds: time to write the lease, and for a process that is held up. */
export const leaseMarginMs = 10_000;

/**
 * The longest that an order may be on its way, in milliseconds: it may arrive late even if its poster is killed.
 */
export function longestLeaseMs(host: ModelHost, kind: OrderKind): number {
  return host.createTimeoutMs(kind) + leaseMarginMs + host.lateArrivalMs;
}
