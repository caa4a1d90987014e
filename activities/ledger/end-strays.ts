import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { ModelHost } from '../providers/model-host.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { readPurchase } from './read-purchase.ts';

/** Keeps in mind a prediction that is one too many and could not be ended. Safe to run again. */
export async function noteStray(ledger: Ledger, objectKey: string, predictionId: string): Promise<void> {
  const held = await readPurchase(ledger, objectKey);
  const { strays = [] } = held.entry;
  if (strays.includes(predictionId)) return;
  if (!(await ledger.replace(held, { strays: [...strays, predictionId] })))
    await noteStray(ledger, objectKey, predictionId);
}

/**
 * Ends predictions that are one too many.
 *
 * @returns the entry without them
 * @throws BeatreelFailure ProviderUnavailable while one of them runs
 */
export async function endStrays(ledger: Ledger, held: HeldEntry, host: ModelHost): Promise<HeldEntry> {
  const { strays = [] } = held.entry;
  if (strays.length === 0) return held;
  for (const id of strays) {
    await host.cancelPrediction(id);
    if ((await host.getPrediction(id))?.state === 'running')
      throw new BeatreelFailure(
        failureTypes.providerUnavailable,
        `Prediction ${id}, which is one too many, was canceled and still runs.`,
      );
  }
  return (await ledger.replace(held, { strays: undefined })) ?? held;
}
