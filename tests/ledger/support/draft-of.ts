import type { PurchaseDraft } from '../../../activities/ledger/claim-purchase.ts';
import type { HeldEntry } from '../../../activities/ledger/ledger.ts';
import type { Order } from '../../../activities/ledger/post-purchase.ts';
import { canonicalInput, predictionKey } from '../../../activities/ledger/prediction-key.ts';
import type { SubmitRequest } from '../../../activities/submit-prediction.ts';
import type { OpenDependencies } from '../../../workers/create-dependencies.ts';

/** The draft of an order's entry. */
export function draftOf({ catalogue }: OpenDependencies, order: SubmitRequest): PurchaseDraft {
  const entry = catalogue.find(order.model, order.request.kind);
  return {
    predictionKey: predictionKey(order),
    videoId: order.videoId,
    ...order.unit,
    model: order.model,
    hostModel: entry.model,
    host: entry.host,
    prompt: order.request.prompt,
    input: canonicalInput(order.request),
    highestPriceUsd: entry.price.perPredictionUsd,
  };
}

/** The POST of an order of a still, under a claim. */
export function orderFor({ hosts }: OpenDependencies, { request }: SubmitRequest, held: HeldEntry): Order {
  return {
    held,
    host: hosts.get('replicate'),
    request: {
      kind: 'still',
      model: held.entry.hostModel,
      input: { prompt: request.prompt, seed: request.seed },
      cancelAfterSeconds: 60,
    },
    marker: { prompt: request.prompt, seed: request.seed },
    signal: new AbortController().signal,
  };
}
