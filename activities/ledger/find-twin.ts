import { setTimeout as sleep } from 'node:timers/promises';

import { failureTypes } from '../../workflows/domain/failure-types.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../runtime/failures.ts';
import type { HeldEntry } from './ledger.ts';

/** How far the host's clock may lag behind ours, in milliseconds. */
const clockSkewMs = 60_000;

/**
 * Looks for an order whose answer was lost among the host's recent predictions: twice, a settling time apart,
 * because a fresh prediction may be missing from the list.
 *
 * @returns the prediction's id, or undefined when the host surely has none
 * @throws BeatreelFailure NeedsReconcile when nothing in the order tells it from another one
 */
export async function findTwin(
  host: ModelHost,
  { entry, objectKey }: HeldEntry,
  signal: AbortSignal,
): Promise<string | undefined> {
  const marker = Object.entries(entry.marker ?? {});
  if (marker.length === 0) {
    throw new BeatreelFailure(
      failureTypes.needsReconcile,
      `The answer to an order of ${entry.hostModel} was lost, and nothing in the order tells it from another one. ` +
        `Look at the host whether it was taken (ledger entry ${objectKey}).`,
    );
  }
  const first = await search(host, entry.claimedAt, marker);
  if (first !== undefined) return first;
  await sleep(host.listSettlingMs, undefined, { signal });
  return search(host, entry.claimedAt, marker);
}

async function search(
  host: ModelHost,
  claimedAt: string,
  marker: readonly (readonly [string, string | number])[],
): Promise<string | undefined> {
  const since = new Date(Date.parse(claimedAt) - clockSkewMs);
  for await (const listed of host.listRecent(since)) {
    if (marker.every(([field, value]) => sameValue(listed.input[field], value))) return listed.id;
  }
  return undefined;
}

/** Addresses are compared, and kept, without their query: what signs them is secret and changes. */
function sameValue(listed: unknown, ours: string | number): boolean {
  return typeof listed === 'string' ? listed.split('?')[0] === ours : listed === ours;
}
