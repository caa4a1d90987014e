import type { ActivityProxies } from '../activities.ts';
import type { ModelChoice, RefusalPolicy } from '../../domain/brief.ts';
import type { UnitFailure } from '../../domain/progress.ts';
import type { Treasury } from '../../domain/treasury.ts';
import type { TakePlace } from '../../domain/unit.ts';

/** A request for one prediction at a host's account. */
export interface PermitWish {
  readonly place: TakePlace;
  readonly model: ModelChoice;
  /** An earlier run of the video already holds it: keep it without waiting. Default: false. */
  readonly isHeld?: boolean;
}

/** The parts of a video that units use, so that tests can replace them. */
export interface UnitPorts {
  readonly videoId: string;
  /** Seed of the video; each take derives its own. */
  readonly seed: number;
  readonly onRefusal: RefusalPolicy;
  /** Whether a unit may wait for a person: for a decision, or for more budget. */
  readonly waitsForPerson: boolean;
  readonly activities: Pick<
    ActivityProxies,
    'submitPrediction' | 'awaitPrediction' | 'storeArtifact' | 'cancelPredictions'
  >;
  readonly treasury: Treasury;
  /** Waits for a permit of the host's account, where it has limits. @returns a function that gives it back */
  readonly enterAccount: (wish: PermitWish) => Promise<() => void>;
  /** The failure of an activity. @throws any other error: a cancellation, a bug */
  readonly readFailure: (error: unknown) => UnitFailure;
  /** Waits until `condition` holds, at most this long. @throws when the video is cancelled */
  readonly until: (condition: () => boolean, atMostMs: number) => Promise<unknown>;
  /** Waits while the video is about to continue as new, because nothing new may begin. @returns undefined otherwise */
  readonly whileDraining: () => Promise<unknown> | undefined;
  /** The reason why a model is on hold until a person decides. @returns undefined when it is not */
  readonly whyHeld: (model: string) => string | undefined;
  /** Adds a warning: a fact for a person although nothing waits. */
  readonly warn: (sentence: string) => void;
  /** Called when a unit that showed as failed has its file after all, or is lost: parked phases look again. */
  readonly goesOn: () => void;
  readonly changed: () => void;
  /** Redraws the details for people after a change that no program waits for. */
  readonly redraw: () => void;
}
