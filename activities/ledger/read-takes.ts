import type { Ledger } from './ledger.ts';
import type { LedgerEntry } from './ledger-entry.ts';
import { ledgerUnitPrefix } from './ledger-entry.ts';

/** The prediction ids of all takes of a purchase's unit: takes may order alike, but each has its own prediction. */
export async function readTakes(ledger: Ledger, entry: LedgerEntry): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const key of ledger.keys(ledgerUnitPrefix(entry.videoId, entry))) {
    const { predictionId, strays = [] } = (await ledger.read(key))?.entry ?? {};
    if (predictionId !== undefined) ids.add(predictionId);
    for (const stray of strays) ids.add(stray);
  }
  return ids;
}
