import { ApplicationFailure } from '@temporalio/workflow';

import type { ArtifactRef, FittedScore } from '../domain/artifact.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { Approval } from '../domain/gates.ts';
import type { Money } from '../domain/budget.ts';
import type { Phase } from '../domain/media.ts';
import type { PhaseStatus, UnitFailure } from '../domain/progress.ts';
import type { StartsFrom } from '../domain/wanted-key.ts';
import { isAmount, isApprovals, isRecord, isText } from './guards.ts';
import type { HeldModels } from './shortfalls.ts';
import type { Take } from './units/take.ts';

/**
 * What a run of a video hands to the next one, when it continues as new at a moment at which nothing is on its way: JSON,
 * some hundred bytes a unit. Brief and storyboard are read again from the bucket.
 */
export interface CarriedVideo {
  /** Of this shape. A run reads its own layout and the one before it, so that a release can follow each other release. */
  readonly layout: 1;
  /** Of the progress: it goes on counting. */
  readonly changes: number;
  readonly warnings: readonly string[];
  readonly phases: readonly CarriedPhase[];
  readonly money: CarriedMoney;
  /** The score in the length of the video, once it was made. */
  readonly fittedScore?: CarriedScore;
  /** Since when it waits for a person, in milliseconds since 1970; absent where it does not. */
  readonly waitingSinceMs?: number;
  /** By name. Units that have not begun are not in it. */
  readonly units: Readonly<Record<string, CarriedUnit>>;
}

export interface CarriedScore {
  /** Of the purchase that it was made from. */
  readonly predictionKey: string;
  readonly artifact: FittedScore;
}

export interface CarriedPhase {
  readonly phase: Phase;
  readonly status: PhaseStatus;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** In US dollars. */
export interface CarriedMoney extends Money {
  readonly halted?: string;
}

/** Where a unit stands, between two steps. */
export interface CarriedUnit {
  readonly status: 'waiting' | 'succeeded' | 'failed' | 'skipped';
  readonly failure?: UnitFailure;
  readonly artifact?: ArtifactRef;
  readonly made?: CarriedStep;
  readonly bought?: CarriedPurchase;
}

/** A step of our own that was done. */
export interface CarriedStep {
  readonly result?: unknown;
  readonly attempts: number;
  readonly costUsd: number;
  readonly note?: string;
}

/** What was bought of a unit, and what it is bought with from now on. */
export interface CarriedPurchase {
  /** Whatever was wanted; and what is. */
  readonly takes: readonly Take[];
  readonly wanted: string;
  readonly words?: string;
  readonly attempts: number;
  readonly shown: { readonly model?: string; readonly ledgerKey?: string };
  /** The picture it starts from. */
  readonly from?: ArtifactRef;
  /** And the purchase that this belongs to. */
  readonly source?: StartsFrom & { readonly picture: ArtifactRef };
  /** Until when its place at the host stays taken, in milliseconds since 1970; absent where it has none. */
  readonly keptUntilMs?: number;
}

/** Everything that a run starts from beside the brief; people and services give nothing of it. */
export interface VideoStart {
  readonly carried?: CarriedVideo;
  /** Which revision it makes. Default: the first. */
  readonly revision?: number;
  /** What people approved of it before, in whichever run or revision. */
  readonly approvals?: readonly Approval[];
  /** The budget as people raised it, where that is more than the brief's. */
  readonly capUsd?: number;
  /** The budget of the brief that was raised: a revision with another one has its own. */
  readonly capOf?: number;
  /** Models that no person has let on yet after their footage came too short. */
  readonly heldModels?: HeldModels;
  /** A run continues as new, whatever it does, after so many history events. Default: 20,000. */
  readonly eventsPerRun?: number;
  /** The build that the run before was in, where it moved for a release. */
  readonly movedFrom?: string;
}

/** @throws ApplicationFailure InvalidRequest for what no run of ours has handed over */
export function readStart(start: unknown): VideoStart {
  if (start === undefined || start === null) return {};
  const { carried, eventsPerRun, movedFrom, revision, capUsd, capOf, approvals, heldModels } = isRecord(start)
    ? start
    : { carried: null };
  const isSound =
    (carried === undefined || isCarried(carried)) &&
    (eventsPerRun === undefined || isAmount(eventsPerRun)) &&
    (movedFrom === undefined || isText(movedFrom)) &&
    (revision === undefined || isAmount(revision)) &&
    [capUsd, capOf].every((usd) => usd === undefined || isAmount(usd)) &&
    (approvals === undefined || isApprovals(approvals)) &&
    (heldModels === undefined || (isRecord(heldModels) && Object.values(heldModels).every(isText)));
  if (isSound) return start;
  const layout: unknown = isRecord(carried) ? carried['layout'] : undefined;
  // The task fails, and not the video: the release that wrote it takes it up again when it is current.
  if (isAmount(layout) && layout > 1)
    throw new Error(`This release reads layout 1 of what a run hands over, and this is layout ${layout}.`);
  throw ApplicationFailure.nonRetryable(
    'A video is started with one JSON object, the brief; the second one is not what an earlier run handed over.',
    failureTypes.invalidRequest,
  );
}

function isCarried(value: unknown): value is CarriedVideo {
  return (
    isRecord(value) &&
    value['layout'] === 1 &&
    isAmount(value['changes']) &&
    [value['warnings'], value['phases']].every(Array.isArray) &&
    [value['money'], value['units']].every(isRecord)
  );
}
