import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { HeldEntry, Ledger } from './ledger.ts';

/** The entry of a purchase that was made. @throws BeatreelFailure ArtifactMissing when it is gone */
export async function readPurchase(ledger: Ledger, ledgerKey: string): Promise<HeldEntry> {
  const held = await ledger.read(ledgerKey);
  if (held) return held;
  throw new BeatreelFailure(
    failureTypes.artifactMissing,
    `The ledger entry ${ledgerKey} is gone from the bucket; nothing is bought without it.`,
  );
}
