import type { ArtifactRef } from './artifact.ts';
import type { AspectRatio } from './brief.ts';
import type { FailureType } from './failure-types.ts';

/** A job running at a model host. JSON-safe, so it can live in history and outlast a worker. */
export interface Prediction {
  readonly host: string;
  readonly id: string;
}

/** The host stops a prediction this long after taking it: longer than any takes; Replicate itself ends one then. */
export const cancelAfterSeconds = 30 * 60;

/** What we ask a model for, in our words; the catalogue maps it to the host's. */
export type PredictionRequest =
  | {
      readonly kind: 'still';
      readonly prompt: string;
      readonly seed: number;
      readonly aspectRatio: AspectRatio;
      readonly referenceImage?: ArtifactRef;
    }
  | {
      readonly kind: 'clip';
      readonly prompt: string;
      readonly seed: number;
      readonly aspectRatio: AspectRatio;
      readonly firstFrame: ArtifactRef;
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
export type PredictionOutcome =
  | { readonly state: 'succeeded'; readonly costUsd: number }
  | {
      readonly state: 'failed' | 'canceled' | 'lost';
      readonly type: FailureType;
      readonly reason: string;
      readonly costUsd: number;
    };
