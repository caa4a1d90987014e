import type { ArtifactRef } from './artifact.ts';
import type { Prediction } from './prediction.ts';
import type { UnitFailure } from './progress.ts';

/** One take of a unit as the ledger has it. Money in US dollars. */
export interface RecordedTake {
  /** Name of the unit, e.g. `still-b3`. */
  readonly unit: string;
  /** 0-based; unique in the unit, whatever was wanted of it. */
  readonly number: number;
  /** The key of what was wanted, see `wantedKey`. */
  readonly wanted: string;
  /** Name in the catalogue. */
  readonly model: string;
  /** What was sent in place of the storyboard's prompt. */
  readonly words?: string;
  readonly isSoftened: boolean;
  readonly ledgerKey: string;
  readonly predictionKey: string;
  readonly prediction?: Prediction;
  /** Of what has ended. */
  readonly costUsd: number;
  readonly highestPriceUsd: number;
  /** `claimed` was never ordered; `paid` succeeded and its file is not stored. */
  readonly state: 'claimed' | 'ordered' | 'paid' | 'stored' | 'ended';
  /** Of what is stored. */
  readonly artifact?: ArtifactRef;
  /** Of what ended without a file. */
  readonly failure?: UnitFailure;
}
