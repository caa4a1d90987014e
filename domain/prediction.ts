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

/** A request to a model in our words; the catalogue maps it to the host's. */
export type PredictionRequest =
  | {
      readonly kind: 'still';
      readonly prompt: string;
      readonly seed: number;
      readonly aspectRatio: AspectRatio;
      /** The product's picture, for a brief without other references. */
      readonly referenceImage?: ArtifactRef;
      /** The pictures of the references in it, in order. */
      readonly referenceImages?: readonly ArtifactRef[];
    }
  | {
      readonly kind: 'clip';
      readonly prompt: string;
      readonly seed: number;
      readonly aspectRatio: AspectRatio;
      /** Absent for a model that starts from words alone. */
      readonly firstFrame?: ArtifactRef;
      /** Like those of a still; absent for a model that takes none. */
      readonly referenceImages?: readonly ArtifactRef[];
      /** Length that one prediction delivers, from the catalogue. */
      readonly clipSeconds: number;
    }
  | {
      readonly kind: 'score';
      readonly prompt: string;
      readonly seed: number;
      /** The length of the video; a model may deliver less. */
      readonly seconds: number;
    };

/** The end of a prediction. Carries no output address: those expire and are secret. */
export type PredictionOutcome = { readonly state: 'succeeded'; readonly costUsd: number } | FailedOutcome;

/** The end of a prediction without a file. */
export interface FailedOutcome {
  readonly state: 'failed' | 'canceled' | 'lost';
  readonly type: FailureType;
  readonly reason: string;
  readonly costUsd: number;
}
