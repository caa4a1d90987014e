import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import type { PurchaseDraft } from './claim-purchase.ts';
import { canonicalInput, predictionKey, type PurchaseIdentity } from './prediction-key.ts';

/** What is ordered, and what people want of it. */
interface Wanted extends PurchaseIdentity {
  readonly wanted?: string;
  readonly words?: string;
  readonly isSoftened?: boolean;
}

/** A purchase as the ledger knows it before anything is bought. */
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
