import type { ActivityProxies } from '../activities.ts';
import type { ModelChoice, RefusalPolicy } from '../../domain/brief.ts';
import type { UnitFailure } from '../../domain/progress.ts';
import type { Treasury } from '../../domain/treasury.ts';
import type { TakePlace } from '../../domain/unit.ts';

/** One prediction that is to run at the account of a host. */
export interface PermitWish {
  readonly place: TakePlace;
  readonly model: ModelChoice;
  /** An earlier run of the video had it: it is kept, and not waited for. Default: false. */
  readonly isHeld?: boolean;
}

/** Everything that units touch of their video, so that a test can stand in for it. */
export interface UnitPorts {
  readonly videoId: string;
  /** Of the video; each take has one of its own. */
  readonly seed: number;
  readonly onRefusal: RefusalPolicy;
  /** Whether a unit may wait for a person: for a decision, or for more budget. */
  readonly waitsForPerson: boolean;
  readonly activities: Pick<
    ActivityProxies,
    'submitPrediction' | 'awaitPrediction' | 'storeArtifact' | 'cancelPredictions'
  >;
  readonly treasury: Treasury;
  /** Waits for a permit of the host's account, where there are any. @returns gives it back */
  readonly enterAccount: (wish: PermitWish) => Promise<() => void>;
  /** Why an activity failed. @throws what is no failure of an activity: a cancellation, a defect */
  readonly readFailure: (error: unknown) => UnitFailure;
  /** Waits until `condition` holds, at most so long. @throws when the video is cancelled */
  readonly until: (condition: () => boolean, atMostMs: number) => Promise<unknown>;
  /** Nothing new begins while the video is about to continue as new. @returns undefined when nothing is in the way */
  readonly whileDraining: () => Promise<unknown> | undefined;
  /** Why nothing more of a model is ordered before a person decides. @returns undefined when nothing is in the way */
  readonly whyHeld: (model: string) => string | undefined;
  /** Says what a person should know although nothing waits for them. */
  readonly warn: (sentence: string) => void;
  /** A unit that showed as failed has its file after all, or is lost: what waits for people looks again. */
  readonly goesOn: () => void;
  readonly changed: () => void;
  /** Shows anew what a person sees, where nothing has changed that a program waits for. */
  readonly redraw: () => void;
}
