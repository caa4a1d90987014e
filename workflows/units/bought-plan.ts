import type { ArtifactRef } from '../../domain/artifact.ts';
import type { ModelChoice } from '../../domain/brief.ts';
import type { BoughtMedium } from '../../domain/media.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import type { Semaphore } from '../../domain/semaphore.ts';
import type { StartsFrom } from '../../domain/wanted-key.ts';
import type { UnitPlace } from '../../domain/unit.ts';

/** What differs between the takes of a unit. */
export interface Wanted {
  readonly model: ModelChoice;
  readonly seed: number;
  /** Sent in place of the storyboard's prompt. */
  readonly words?: string | undefined;
  /** The picture it starts from. */
  readonly from?: ArtifactRef | undefined;
}

/** What a unit is bought as, whatever its take. */
export interface BoughtPlan {
  readonly place: UnitPlace<BoughtMedium>;
  /** All that it may be bought with, in the order of the brief. */
  readonly models: readonly [ModelChoice, ...ModelChoice[]];
  /** For the Web UI, e.g. `still 3/5: The lamp in the window`. */
  readonly summary: string;
  readonly describe: (wanted: Wanted) => PredictionRequest;
  /** The key of what is wanted. @param words in place of the storyboard's @param from the purchase it starts from */
  readonly wantedKey: (words?: string, from?: StartsFrom) => string;
  /** Places at the host; absent where they are not counted. */
  readonly slots?: Semaphore;
  /** Higher goes first among those that wait for a place. Default: 0. */
  readonly priority?: number;
  /** What has to be left for what the video needs, in US dollars; present for what it can do without. */
  readonly leaveUsd?: () => number;
}
