import type { ArtifactRef } from '../../domain/artifact.ts';
import type { ModelChoice } from '../../domain/brief.ts';
import type { BoughtMedium } from '../../domain/media.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import type { Semaphore } from '../../domain/semaphore.ts';
import type { StartsFrom } from '../../domain/wanted-key.ts';
import type { UnitPlace } from '../../domain/unit.ts';

/** The parts of a purchase that differ between the takes of a unit. */
export interface Wanted {
  readonly model: ModelChoice;
  readonly seed: number;
  /** Replaces the storyboard's prompt. */
  readonly words?: string | undefined;
  /** The picture it starts from. */
  readonly from?: ArtifactRef | undefined;
}

/** The purchase plan of a unit, the same for all takes. */
export interface BoughtPlan {
  readonly place: UnitPlace<BoughtMedium>;
  /** Its models, in the order of the brief. */
  readonly models: readonly [ModelChoice, ...ModelChoice[]];
  /** For the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  readonly describe: (wanted: Wanted) => PredictionRequest;
  /** Key of the request. @param words in place of the storyboard's @param from the purchase it starts from */
  readonly wantedKey: (words?: string, from?: StartsFrom) => string;
  /** Places at the host; absent without a limit. */
  readonly slots?: Semaphore;
  /** A higher priority gets a place earlier. Default: 0. */
  readonly priority?: number;
  /** US dollars to leave for needed purchases; present only for an optional unit. */
  readonly leaveUsd?: () => number;
}
