import { setTimeout as sleep } from 'node:timers/promises';

import { failureTypes } from '../../domain/failure-types.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { HeldEntry } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';

export interface TwinSearch {
  /** Look once, and call nothing absent by that. Default: false. */
  readonly once?: boolean | undefined;
  /** Predictions of other purchases: an order that looks the same is not one of these. */
  readonly knownIds: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/** How far the host's clock may lag behind the store's, in milliseconds. */
const clockSkewMs = 60_000;

/** Longer than any lease at a host with a list, in milliseconds. */
const leaseAtMostMs = 60_000;

/**
 * Looks for an order whose answer was lost among the host's recent predictions: twice, a settling time apart,
 * because a fresh prediction may be missing from the list.
 *
 * @returns the prediction's id, or undefined when the host surely has none
 * @throws BeatreelFailure NeedsReconcile when the host has no list, or nothing in the order tells it from another one
 */
export async function findTwin(
  host: ModelHost,
  { entry, objectKey }: HeldEntry,
  { knownIds, signal, once = false }: TwinSearch,
): Promise<string | undefined> {
  const marker = entry.marker ?? {};
  if (!host.canList) {
    throw new BeatreelFailure(
      failureTypes.needsReconcile,
      `The answer to an order of ${entry.hostModel} was lost, and ${entry.host} has no list to look for it in. ` +
        `Look at the host's own page of use whether it was taken (ledger entry ${objectKey}).`,
    );
  }
  if (Object.keys(marker).length === 0) {
    throw new BeatreelFailure(
      failureTypes.needsReconcile,
      `The answer to an order of ${entry.hostModel} was lost, and nothing in the order tells it from another one. ` +
        `Look at the host whether it was taken (ledger entry ${objectKey}).`,
    );
  }
  const search = async () => {
    let unreadable: string | undefined;
    for await (const { id, input } of host.listRecent(earliestPost(entry), signal)) {
      if (knownIds.has(id)) continue;
      if (input && isMarked(input, marker)) return id;
      if (!input) unreadable = id;
    }
    if (unreadable === undefined) return undefined;
    throw new BeatreelFailure(
      failureTypes.needsReconcile,
      `The answer to an order of ${entry.hostModel} was lost, and the host no longer says what prediction ` +
        `${unreadable} was ordered with: it may be this one (ledger entry ${objectKey}).`,
    );
  };
  const first = await search();
  if (first !== undefined || once) return first;
  await sleep(host.listSettlingMs, undefined, { signal });
  return search();
}

/** Not by the claimer's clock alone, which may be wrong: the lease is by the store's. */
function earliestPost({ claimedAt, leaseUntil = claimedAt }: LedgerEntry): Date {
  const postedMs = Math.min(Date.parse(claimedAt), Date.parse(leaseUntil) - leaseAtMostMs);
  return new Date(postedMs - clockSkewMs);
}

function isMarked(
  input: Readonly<Record<string, unknown>>,
  marker: Readonly<Record<string, string | number>>,
): boolean {
  return Object.entries(marker).every(([field, value]) => sameValue(input[field], value));
}

/** Addresses are compared, and kept, without their query: what signs them is secret and changes. */
function sameValue(listed: unknown, ours: string | number): boolean {
  return listed === ours || (typeof listed === 'string' && listed.split('?')[0] === ours);
}
