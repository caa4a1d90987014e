import type { ArtifactRef } from '../../domain/artifact.ts';
import type { HeldEntry, Ledger } from './ledger.ts';
import { readPurchase } from './read-purchase.ts';

/** Notes the file of a purchase. Safe to run again: every attempt notes the same file under the same key. */
export async function noteArtifact(ledger: Ledger, held: HeldEntry, artifact: ArtifactRef): Promise<void> {
  if (held.entry.artifact) return;
  const noted = await ledger.replace(held, { artifact, delivered: undefined, doubts: undefined });
  if (!noted) await noteArtifact(ledger, await readPurchase(ledger, held.objectKey), artifact);
}
