import { failureTypes } from '../../domain/failure-types.ts';
import type { PredictionOutcome } from '../../domain/prediction.ts';
import { storeNow } from './doubts.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';

/** How a purchase ended, or undefined while it has not. */
export function readOutcome(entry: LedgerEntry): PredictionOutcome | undefined {
  const costUsd = entry.costUsd ?? 0;
  switch (entry.state) {
    case 'claimed':
    case 'posting':
    case 'submitted':
      return undefined;
    case 'succeeded':
      return { state: 'succeeded', costUsd };
    case 'failed':
    case 'canceled':
    case 'lost':
      return {
        state: entry.state,
        type: entry.failure?.type ?? failureTypes.predictionFailed,
        reason: entry.failure?.reason ?? `The prediction is ${entry.state}.`,
        costUsd,
      };
  }
}

/**
 * Writes how a purchase ended. The first write stands; later ones change nothing.
 *
 * @returns the outcome in the ledger
 */
export async function recordOutcome(
  ledger: Ledger,
  held: HeldEntry,
  outcome: PredictionOutcome,
): Promise<PredictionOutcome> {
  const standing = readOutcome(held.entry);
  if (standing) return standing;
  const written = await ledger.replace(held, endOf(outcome, held));
  if (written) return outcome;
  const changed = await ledger.read(held.objectKey);
  return changed ? recordOutcome(ledger, changed, outcome) : outcome;
}

/** The fields of an entry that record an end. */
export function endOf(outcome: PredictionOutcome, held: HeldEntry): Partial<LedgerEntry> {
  return {
    state: outcome.state,
    costUsd: outcome.costUsd,
    endedAt: storeNow(held).toISOString(),
    ...(outcome.state === 'succeeded' ? {} : { failure: { type: outcome.type, reason: outcome.reason } }),
  };
}
