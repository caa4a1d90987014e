import type { ArtifactRef } from './artifact.ts';
import type { AspectRatio } from './brief.ts';
import type { FailureType } from './failure-types.ts';

/** A job running at a model host. JSON-safe, so it can live in history and outlast a worker. */
export interface Prediction {
  readonly host: string;
  readonly id: string;
}

/**
 * The host ends a prediction this long after accepting it, in seconds, so that a dead caller stops spending. Longer
 * than any prediction of the catalogue takes; Replicate itself ends one after 30 minutes.
 */
export const cancelAfterSeconds = 30 * 60;

/** What we ask a model for, in our words; the catalogue maps it to the host's. */
export type PredictionRequest =
  | {
      readonly kind: 'still';
      readonly prompt: string;
      readonly seed: number;
      readonly aspectRatio: AspectRatio;
      /** The picture of the product, of a brief without other references. */
      readonly referenceImage?: ArtifactRef;
      /** The pictures of the references that it shows, in order. */
      readonly referenceImages?: readonly ArtifactRef[];
    }
  | {
      readonly kind: 'clip';
      readonly prompt: string;
      readonly seed: number;
      readonly aspectRatio: AspectRatio;
      /** Absent for a model that starts from words alone. */
      readonly firstFrame?: ArtifactRef;
      /** As for a still; absent for a model that takes none. */
      readonly referenceImages?: readonly ArtifactRef[];
      /** What the catalogue says one prediction delivers. */
      readonly clipSeconds: number;
    }
  | {
      readonly kind: 'score';
      readonly prompt: string;
      readonly seed: number;
      /** The length of the video; a model may deliver less. */
      readonly seconds: number;
    };

/** How a prediction ended. Carries no output address: those expire and are secret. */
export type PredictionOutcome = { readonly state: 'succeeded'; readonly costUsd: number } | FailedOutcome;

/** The end of a prediction without a file. */
export interface FailedOutcome {
  readonly state: 'failed' | 'canceled' | 'lost';
  readonly type: FailureType;
  readonly reason: string;
  readonly costUsd: number;
}
