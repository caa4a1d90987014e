import { failureTypes } from '../../domain/failure-types.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { WebhookHints } from './webhook-hints.ts';
import { noteDoubt, storeNow } from './doubts.ts';
import { findHinted } from './find-hinted.ts';
import { findTwin } from './find-twin.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { readTakes } from './read-takes.ts';

/** The wait before a lagging list is read again, in milliseconds. */
const lookAgainMs = 10_000;

export interface LostOrder {
  /** An entry in state `posting` whose lease is over. */
  readonly held: HeldEntry;
  readonly host: ModelHost;
  readonly hints: WebhookHints;
  readonly signal: AbortSignal;
  /** Whether to look once, without calling the order absent: it may still arrive. Default: false. */
  readonly once?: boolean;
}

/** The result of a look for a lost order. */
export interface LookedFor {
  /** Whether the entry has its prediction now. */
  readonly isFound: boolean;
  readonly held: HeldEntry;
}

/**
 * Looks for an order whose poster is gone and which may or may not have gone out. Records its prediction: the one a
 * webhook named, else the one in the host's list.
 *
 * @returns the current entry; where nothing is found and `once` is not set, the host surely took no such order
 * @throws BeatreelFailure NeedsReconcile when neither webhooks nor the host's list can tell
 */
export async function adoptTwin(
  ledger: Ledger,
  { held, host, hints, signal, once }: LostOrder,
): Promise<LookedFor> {
  const knownIds = await readTakes(ledger, held.entry);
  const predictionId =
    (await findHinted(host, await hints.of(held.entry), knownIds)) ??
    (await findTwin(host, held, { knownIds, signal }));
  if (predictionId === undefined) {
    return { isFound: false, held: once ? held : await assertAbsent(ledger, held, host) };
  }
  const submittedAt = storeNow(held).toISOString();
  const adopted = await ledger.replace(held, {
    state: 'submitted',
    predictionId,
    submittedAt,
    adopted: true,
  });
  if (adopted) return { isFound: true, held: adopted };
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `Another attempt settled the purchase ${held.objectKey} first.`,
  );
}

/** Lists lag: an order counts as absent only when it is missing again after `listSettlingMs`. */
async function assertAbsent(
  ledger: Ledger,
  held: HeldEntry,
  { listSettlingMs }: ModelHost,
): Promise<HeldEntry> {
  const belief = { times: 2, overSeconds: listSettlingMs / 1000 };
  const noted = await noteDoubt(ledger, held, { answer: 'notListed', belief });
  if (noted.isBelieved) return noted.held;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `The host does not list the order of ${held.objectKey}; its list may lag by ${listSettlingMs / 1000} s.`,
    { retryAfterMs: Math.min(listSettlingMs + 100, lookAgainMs) },
  );
}
