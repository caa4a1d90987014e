import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';

import type { Approval, Gate, Rejection } from '../domain/gates.ts';
import type { BudgetReport } from '../domain/treasury.ts';
import type { VideoProgress } from '../domain/progress.ts';

export {
  cleanUpId,
  cleanUpVideoType,
  editId,
  editVideoType,
  estimateVideoType,
  generateVideoType,
} from '../domain/workflow-types.ts';

/** The queue of the workflow; the queues of the activities share its prefix. */
export const orchestratorQueue = 'beatreel-orchestrator';

/** The failed units to run again; all of them when neither beat nor unit is given. */
export interface RetryRequest {
  /** Its 1-based place in the story, or its id, e.g. `b3`. */
  readonly beat?: number | string;
  /** A name as progress shows it, e.g. `chunk-b3-2` or `cut`. */
  readonly unit?: string;
  /** Replaces the prompt of the still or chunk; starts a new take. */
  readonly prompt?: string;
  /**
   * Buys it again although it was paid for: its footage is useless, or the host lost it. Default: false.
   */
  readonly newTake?: boolean;
}

/** A person's finding about a unit in doubt: whether the host was paid. */
export interface ReconcileRequest {
  /** Its 1-based place in the story, or its id; fits when one unit of the beat is in doubt. */
  readonly beat?: number | string;
  /** A name as progress shows it, e.g. `chunk-b3-2`. */
  readonly unit?: string;
  /** The host did take the order, and this is its prediction's id. */
  readonly adopt?: string;
  /** The host did not take it: order it again. */
  readonly resubmit?: boolean;
  /** Finishes the video without it, whatever happened to the order; only for the score. */
  readonly goWithout?: boolean;
}

/** The unit that continues. */
export interface Reconciled {
  readonly unit: string;
}

/** The new budget of the whole video, in US dollars. */
export interface RaiseBudgetRequest {
  readonly budgetUsd: number;
}

/** A person's approval at a gate. */
export interface ApproveRequest {
  readonly gate: Gate;
  /** As progress shows it: identifies the exact content. */
  readonly digest: string;
  /** The person's name for the record: 1–100 characters. */
  readonly by?: string;
}

/** A person's rejection at a gate, which ends the video. */
export interface RejectRequest extends ApproveRequest {
  /** For the record: 1–500 characters. */
  readonly reason?: string;
}

/** The names of the units that run again. */
export interface RetryAccepted {
  readonly units: readonly string[];
}

/** The state of the video and its waits. Answered from memory, also after the end. */
export const progressQuery = defineQuery<VideoProgress>('progress');

/** Runs failed units of a parked video again. Refused when the video is not parked or nothing matches. */
export const retryUnitsUpdate = defineUpdate<RetryAccepted, [RetryRequest]>('retryUnits');

/** Settles whether the host was paid for a unit. Refused when no open unit matches. */
export const reconcileUnitUpdate = defineUpdate<Reconciled, [ReconcileRequest]>('reconcileUnit');

/** Raises a video's budget. Refused when it has none, or when the new one is not higher. */
export const raiseBudgetUpdate = defineUpdate<BudgetReport, [RaiseBudgetRequest]>('raiseBudget');

/**
 * A newer release of the workflows is current. Carries nothing: a waiting workflow learns of a release only when a
 * message wakes it.
 */
export const newReleaseSignal = defineSignal('newRelease');

/** Lets the video continue behind a gate. Refused when other content waits there. */
export const approveUpdate = defineUpdate<Approval, [ApproveRequest]>('approve');

/** Ends the video at a gate. Refused when other content waits there. */
export const rejectUpdate = defineUpdate<Rejection, [RejectRequest]>('reject');

/** A person has made another revision; carries its number. Orders in flight end, then the revision is made. */
export const newRevisionSignal = defineSignal<[number]>('newRevision');

/** The filters of a video listing. */
export const searchAttributes = {
  /** A phase, or `parked`, `awaiting_budget`, `awaiting_approval`, `succeeded`, `failed`, `canceled`. */
  phase: defineSearchAttributeKey('BeatreelPhase', SearchAttributeType.KEYWORD),
  tenant: defineSearchAttributeKey('BeatreelTenant', SearchAttributeType.KEYWORD),
  beats: defineSearchAttributeKey('BeatreelBeats', SearchAttributeType.INT),
  revision: defineSearchAttributeKey('BeatreelRevision', SearchAttributeType.INT),
  /** The gate at which the video waits for approval; empty without one. */
  gate: defineSearchAttributeKey('BeatreelGate', SearchAttributeType.KEYWORD),
  costUsd: defineSearchAttributeKey('BeatreelCostUsd', SearchAttributeType.DOUBLE),
};
