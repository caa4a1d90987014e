import { failureTypes } from '../../domain/failure-types.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { WebhookHints } from './webhook-hints.ts';
import { noteDoubt, storeNow } from './doubts.ts';
import { findHinted } from './find-hinted.ts';
import { findTwin } from './find-twin.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { readTakes } from './read-takes.ts';

/** How often a list that may lag is read again, in milliseconds. */
const lookAgainMs = 10_000;

export interface LostOrder {
  /** `posting`, its lease over. */
  readonly held: HeldEntry;
  readonly host: ModelHost;
  readonly hints: WebhookHints;
  readonly signal: AbortSignal;
  /** Call nothing absent by this look: the order may still arrive. Default: false. */
  readonly once?: boolean;
}

/** What came of a look for a lost order. */
export interface LookedFor {
  /** Whether the entry has its prediction now. */
  readonly isFound: boolean;
  readonly held: HeldEntry;
}

/**
 * Looks for an order that went out, or not, and whose poster is gone, and records the prediction it came to: the one a
 * webhook named, else the one in the host's list.
 *
 * @returns the entry as it stands now; where nothing is found and `once` is not set, the host surely took no such order
 * @throws BeatreelFailure NeedsReconcile when nobody can tell
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

/** A list may lag: an order counts as absent only when it is missing again, so much later. */
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
