import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { ModelHost } from '../providers/model-host.ts';
import { storeNow } from './doubts.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { readPurchase } from './read-purchase.ts';

/** Records a surplus prediction that could not be ended. Safe to run again. */
export async function noteStray(ledger: Ledger, objectKey: string, predictionId: string): Promise<void> {
  const held = await readPurchase(ledger, objectKey);
  const { strays = [] } = held.entry;
  if (strays.includes(predictionId)) return;
  if (!(await ledger.replace(held, { strays: [...strays, predictionId] })))
    await noteStray(ledger, objectKey, predictionId);
}

/** The time after an order within which every server of a host learns of it, in milliseconds. */
const knownAfterMs = 300_000;

/**
 * Ends surplus predictions.
 *
 * @returns the entry without them
 * @throws BeatreelFailure ProviderUnavailable while one of them runs
 */
export async function endStrays(ledger: Ledger, held: HeldEntry, host: ModelHost): Promise<HeldEntry> {
  const { strays = [], claimedAt, leaseUntil = claimedAt } = held.entry;
  if (strays.length === 0) return held;
  for (const id of strays) {
    await host.cancelPrediction(id);
    const status = await host.getPrediction(id);
    const isUnknown =
      status === undefined && storeNow(held).getTime() - Date.parse(leaseUntil) < knownAfterMs;
    if (!isUnknown && status?.state !== 'running') continue;
    const finding = isUnknown ? 'is not known to its host yet' : 'was canceled and still runs';
    throw new BeatreelFailure(
      failureTypes.providerUnavailable,
      `Prediction ${id}, which is one too many, ${finding}.`,
    );
  }
  return (await ledger.replace(held, { strays: undefined })) ?? held;
}
