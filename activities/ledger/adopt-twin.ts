import { failureTypes } from '../../domain/failure-types.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { WebhookHints } from './webhook-hints.ts';
import { findHinted } from './find-hinted.ts';
import { findTwin } from './find-twin.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { readTakes } from './read-takes.ts';

export interface LostOrder {
  /** `posting`, its lease over. */
  readonly held: HeldEntry;
  readonly host: ModelHost;
  readonly hints: WebhookHints;
  readonly signal: AbortSignal;
  /** Look once, and call nothing absent by that: its poster may still be at it. Default: false. */
  readonly once?: boolean;
}

/**
 * Looks for an order that went out, or not, and whose poster is gone, and records the prediction it came to: the one a
 * webhook named, else the one in the host's list.
 *
 * @returns the entry with its prediction, or undefined when the host surely took no such order
 * @throws BeatreelFailure NeedsReconcile when nobody can tell
 */
export async function adoptTwin(
  ledger: Ledger,
  { held, host, hints, signal, once }: LostOrder,
): Promise<HeldEntry | undefined> {
  const knownIds = await readTakes(ledger, held.entry);
  const predictionId =
    (await findHinted(host, await hints.of(held.entry), knownIds)) ??
    (await findTwin(host, held, { knownIds, signal, once }));
  if (predictionId === undefined) return undefined;
  const submittedAt = new Date().toISOString();
  const adopted = await ledger.replace(held, { state: 'submitted', predictionId, submittedAt });
  if (adopted) return adopted;
  throw new BeatreelFailure(
    failureTypes.providerUnavailable,
    `Another attempt settled the purchase ${held.objectKey} first.`,
  );
}
