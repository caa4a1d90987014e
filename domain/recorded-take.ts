import type { ArtifactRef } from './artifact.ts';
import type { Prediction } from './prediction.ts';
import type { UnitFailure } from './progress.ts';

/** One take of a unit, as recorded in the ledger. Money in US dollars. */
export interface RecordedTake {
  /** Name of the unit, e.g. `still-b3`. */
  readonly unit: string;
  /** 0-based; unique in the unit over all requests. */
  readonly number: number;
  /** The key of the request, see `wantedKey`. */
  readonly wanted: string;
  /** Name in the catalogue. */
  readonly model: string;
  /** The sent prompt where it differs from the storyboard's. */
  readonly words?: string;
  readonly isSoftened: boolean;
  readonly ledgerKey: string;
  readonly predictionKey: string;
  readonly prediction?: Prediction;
  /** Cost of an ended take. */
  readonly costUsd: number;
  readonly highestPriceUsd: number;
  /** `claimed`: never ordered; `paid`: succeeded, file not stored yet. */
  readonly state: 'claimed' | 'ordered' | 'paid' | 'stored' | 'ended';
  /** Present for a stored take. */
  readonly artifact?: ArtifactRef;
  /** Present for a take that ended without a file. */
  readonly failure?: UnitFailure;
}
