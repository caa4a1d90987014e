import type { OpenDependencies } from '../../../workers/create-dependencies.ts';
import type { ArtifactRef } from '../../../domain/artifact.ts';
import type { SubmitRequest } from '../../../activities/submit-prediction.ts';
import { createSubmitPrediction } from '../../../activities/submit-prediction.ts';
import type { HeldEntry } from '../../../activities/ledger/ledger.ts';
import { ledgerObjectKey } from '../../../activities/ledger/ledger-entry.ts';
import { predictionKey } from '../../../activities/ledger/prediction-key.ts';
import { retryActivity } from './run-activity.ts';

/** An order of the first still of a video. Its seed is its marker. */
export function stillOrder(videoId: string, changes: Partial<SubmitRequest> = {}): SubmitRequest {
  return {
    videoId,
    unit: { medium: 'still', beat: 'b1', chunk: 0, take: 0 },
    model: 'flux-schnell',
    request: { kind: 'still', prompt: `The lamp of ${videoId}`, seed: seedOf(videoId), aspectRatio: '1:1' },
    ...changes,
  };
}

/** An order of the first clip of a video, of a model without a seed: the address of its first frame is its marker. */
export function clipOrder(videoId: string, firstFrame: ArtifactRef, take = 0): SubmitRequest {
  return {
    videoId,
    unit: { medium: 'chunk', beat: 'b1', chunk: 0, take },
    model: 'hailuo-02',
    request: {
      kind: 'clip',
      prompt: `The lamp of ${videoId} turns on`,
      seed: seedOf(videoId) + take,
      aspectRatio: '1:1',
      firstFrame,
      clipSeconds: 6,
    },
  };
}

/** An order of the score of a video. */
export function scoreOrder(videoId: string): SubmitRequest {
  return {
    videoId,
    unit: { medium: 'score', beat: '', chunk: 0, take: 0 },
    model: 'stable-audio-2.5',
    request: { kind: 'score', prompt: 'A quiet piano', seed: seedOf(videoId), seconds: 5 },
  };
}

/** The key of an order's ledger entry. */
export function ledgerKeyOf(order: SubmitRequest): string {
  return ledgerObjectKey(order.videoId, order.unit, predictionKey(order));
}

/** The current entry of an order. @throws Error when there is none */
export async function entryOf({ ledger }: OpenDependencies, order: SubmitRequest): Promise<HeldEntry> {
  const held = await ledger.read(ledgerKeyOf(order));
  if (held) return held;
  throw new Error(`Nothing is recorded under ${ledgerKeyOf(order)}.`);
}

/** Buys, with as many attempts as it takes. @throws Error when the purchase had ended before */
export async function buy(worker: OpenDependencies, order: SubmitRequest) {
  const { result, attempts } = await retryActivity(createSubmitPrediction(worker), order);
  if (result.state === 'submitted') return { ...result, attempts };
  throw new Error(`The purchase has ended: ${result.outcome.state}.`);
}

function seedOf(videoId: string): number {
  return Number.parseInt(videoId.replace(/\D/g, '').slice(0, 6), 10) || 11;
}
