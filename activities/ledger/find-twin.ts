import { failureTypes } from '../../domain/failure-types.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { earliestPost } from './earliest-post.ts';
import type { HeldEntry } from './ledger.ts';

export interface TwinSearch {
  /** Predictions of other purchases, which are passed over however alike they look. */
  readonly knownIds: ReadonlySet<string>;
  readonly signal: AbortSignal;
}

/**
 * Looks once for an order whose answer was lost among the host's recent predictions.
 *
 * @returns the prediction's id, or undefined when the list does not show it
 * @throws BeatreelFailure NeedsReconcile when the host has no list, or no field tells the order from others
 */
export async function findTwin(
  host: ModelHost,
  held: HeldEntry,
  { knownIds, signal }: TwinSearch,
): Promise<string | undefined> {
  const { entry, objectKey } = held;
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
  let unreadable: string | undefined;
  for await (const { id, input } of host.listRecent(earliestPost(held, host), signal)) {
    if (knownIds.has(id)) continue;
    if (input && isMarked(input, marker) && !(await isCanceled(host, id))) return id;
    if (!input) unreadable = id;
  }
  if (unreadable === undefined) return undefined;
  throw new BeatreelFailure(
    failureTypes.needsReconcile,
    `The answer to an order of ${entry.hostModel} was lost, and the host no longer says what prediction ` +
      `${unreadable} was ordered with: it may be this one (ledger entry ${objectKey}).`,
  );
}

/** A poster that came back too late cancels its own prediction; the one that counts is another. */
async function isCanceled(host: ModelHost, id: string): Promise<boolean> {
  return (await host.getPrediction(id))?.state === 'canceled';
}

function isMarked(
  input: Readonly<Record<string, unknown>>,
  marker: Readonly<Record<string, string | number>>,
): boolean {
  return Object.entries(marker).every(([field, value]) => sameValue(input[field], value));
}

/** Compares addresses without their query, as the ledger keeps them: signatures are secret and change. */
function sameValue(listed: unknown, ours: string | number): boolean {
  return listed === ours || (typeof listed === 'string' && listed.split('?')[0] === ours);
}
