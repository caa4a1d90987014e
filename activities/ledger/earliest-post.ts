import { media } from '../../domain/media.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { storeNow } from './doubts.ts';
import { longestLeaseMs } from './lease-left.ts';
import type { HeldEntry } from './ledger.ts';

/** How far the host's clock may lag our estimate, in milliseconds. A generous value costs a page or two of the list. */
const knownSkewMs = 60_000;
const unknownSkewMs = 900_000;

/**
 * The earliest time of the order's POST, by the host's clock. Its age is measured by the store's clock, which also
 * dates the lease, so that no worker's clock matters.
 */
export function earliestPost(held: HeldEntry, host: ModelHost): Date {
  const { claimedAt, leaseUntil = claimedAt, medium } = held.entry;
  const leaseMs = longestLeaseMs(host, media[medium].modelKind);
  const ageMs = storeNow(held).getTime() - Date.parse(leaseUntil) + leaseMs;
  const aheadMs = host.clockAheadMs();
  const skewMs = aheadMs === undefined ? unknownSkewMs : knownSkewMs;
  return new Date(Date.now() + (aheadMs ?? 0) - ageMs - skewMs);
}
