import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import type { PurchaseDraft } from './claim-purchase.ts';
import { canonicalInput, predictionKey, type PurchaseIdentity } from './prediction-key.ts';

/** The identity of an order, and its wanted key and words. */
interface Wanted extends PurchaseIdentity {
  readonly wanted?: string;
  readonly words?: string;
  readonly isSoftened?: boolean;
}

/** Writes the ledger entry of a purchase before anything is bought. */
export function draftPurchase(
  { videoId, unit, wanted, words, isSoftened, model, request }: Wanted,
  entry: CatalogueEntry,
): PurchaseDraft {
  return {
    predictionKey: predictionKey({ videoId, unit, model, request }),
    videoId,
    ...unit,
    wanted,
    words,
    isSoftened,
    model,
    hostModel: entry.model,
    host: entry.host,
    prompt: request.prompt,
    input: canonicalInput(request),
    highestPriceUsd: entry.price.perPredictionUsd,
    pricePerSecondUsd: entry.price.perSecondUsd,
  };
}
