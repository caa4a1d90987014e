import type { ModelChoice } from '../domain/brief.ts';
import type { PredictionRequest } from '../domain/prediction.ts';
import type { Semaphore } from '../domain/semaphore.ts';
import type { BoughtPhase } from '../domain/unit.ts';

/** One unit to buy, whatever its take. */
export interface Purchase {
  readonly phase: BoughtPhase;
  readonly beat: number;
  readonly chunk: number;
  readonly model: ModelChoice;
  readonly queue: 'stills' | 'chunks' | 'score';
  /** For the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  /** Where the file is stored, without what tells takes apart, e.g. `stills/03`. */
  readonly path: string;
  /** The request for a seed; `prompt` replaces the storyboard's when a person gave one. */
  readonly describe: (seed: number, prompt: string | undefined) => PredictionRequest;
  readonly semaphore?: Semaphore;
  /** Higher goes first among those who wait for a place. */
  readonly priority?: number;
}

/** A purchase and the name of its unit. */
export interface NamedPurchase {
  readonly purchase: Purchase;
  readonly name: string;
}
