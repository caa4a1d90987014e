import type { Brief, ModelChoice, Preferred } from '../domain/brief.ts';
import type { PredictionRequest } from '../domain/prediction.ts';
import type { Semaphore } from '../domain/semaphore.ts';
import type { BoughtPhase } from '../domain/unit.ts';

/** What differs between the takes of a unit. */
export interface Wanted {
  readonly model: ModelChoice;
  readonly seed: number;
  /** What a person wants sent in place of the storyboard's prompt. */
  readonly prompt?: string | undefined;
}

/** One unit to buy, whatever its take. */
export interface Purchase {
  readonly phase: BoughtPhase;
  readonly beat: number;
  readonly chunk: number;
  /** Whose turn it is. */
  readonly model: ModelChoice;
  /** All that it may be bought with, in the order of the brief. */
  readonly models: readonly ModelChoice[];
  readonly queue: 'stills' | 'chunks' | 'score';
  /** For the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  /** Where the file is stored, without what tells takes apart, e.g. `stills/03`. */
  readonly path: string;
  /** The request for a seed; `prompt` replaces the storyboard's when a person gave one. */
  readonly describe: (wanted: Wanted) => PredictionRequest;
  readonly semaphore?: Semaphore;
  /** Higher goes first among those who wait for a place. */
  readonly priority?: number;
}

/** A purchase and the name of its unit. */
export interface NamedPurchase {
  readonly purchase: Purchase;
  readonly name: string;
}

/** The first of the models a unit may be bought with, and all of them. */
export function toModels<Model extends ModelChoice>(
  preferred: Preferred<Model>,
): { readonly model: Model; readonly models: readonly Model[] } {
  return { model: preferred, models: [preferred, ...(preferred.fallbacks ?? [])] };
}

/** Whether any clip model that may be asked starts from a picture; without one, no chunk waits for another. */
export function startsFromPictures({ models }: Brief): boolean {
  return toModels(models.clip).models.some(({ firstFrame }) => firstFrame !== false);
}
