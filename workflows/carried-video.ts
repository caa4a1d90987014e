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
 * The state that a run hands to the next one when it continues as new, at a moment with no call in flight: JSON, some
 * hundred bytes a unit. Brief and storyboard are read again from the bucket.
 */
export interface CarriedVideo {
  /** Version of this shape. A run reads its own layout and the one before it, so releases can follow each other. */
  readonly layout: 1;
  /** The progress counter, which continues. */
  readonly changes: number;
  readonly warnings: readonly string[];
  readonly phases: readonly CarriedPhase[];
  readonly money: CarriedMoney;
  /** The score at the length of the video, once it exists. */
  readonly fittedScore?: CarriedScore;
  /** Start of the wait for a person, in milliseconds since 1970; absent without one. */
  readonly waitingSinceMs?: number;
  /** By name; without units that have not begun. */
  readonly units: Readonly<Record<string, CarriedUnit>>;
}

export interface CarriedScore {
  /** Key of the purchase that it was made from. */
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

/** The state of a unit between two steps. */
export interface CarriedUnit {
  readonly status: 'waiting' | 'succeeded' | 'failed' | 'skipped';
  readonly failure?: UnitFailure;
  readonly artifact?: ArtifactRef;
  readonly made?: CarriedStep;
  readonly bought?: CarriedPurchase;
}

/** A finished step of our own. */
export interface CarriedStep {
  readonly result?: unknown;
  readonly attempts: number;
  readonly costUsd: number;
  readonly note?: string;
}

/** The takes of a unit, and the inputs of its next purchase. */
export interface CarriedPurchase {
  /** All takes, whatever their request; `wanted` is the current request's key. */
  readonly takes: readonly Take[];
  readonly wanted: string;
  readonly words?: string;
  readonly attempts: number;
  readonly shown: { readonly model?: string; readonly ledgerKey?: string };
  /** The picture it starts from. */
  readonly from?: ArtifactRef;
  /** The same picture with its purchase. */
  readonly source?: StartsFrom & { readonly picture: ArtifactRef };
  /** End of its hold on a place at the host, in milliseconds since 1970; absent without one. */
  readonly keptUntilMs?: number;
}

/** The inputs of a run besides the brief; people and services leave all of them out. */
export interface VideoStart {
  readonly carried?: CarriedVideo;
  /** The revision to make. Default: the first. */
  readonly revision?: number;
  /** Earlier approvals, from any run or revision. */
  readonly approvals?: readonly Approval[];
  /** The raised budget, where it is above the brief's. */
  readonly capUsd?: number;
  /** The brief's budget at the time of the raise: a revision with a different budget ignores `capUsd`. */
  readonly capOf?: number;
  /** Models on hold after short footage, until a person decides. */
  readonly heldModels?: HeldModels;
  /** History events after which a run continues as new in any case. Default: 20,000. */
  readonly eventsPerRun?: number;
  /** The build of the run before, where it moved for a release. */
  readonly movedFrom?: string;
}

/** @throws ApplicationFailure InvalidRequest for an argument that no run of ours wrote */
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
  // Fail the task, not the video: the release that wrote this layout continues once it is current.
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
