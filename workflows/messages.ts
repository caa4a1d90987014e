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

/** Which failed units to run again. Everything that failed, when neither beat nor unit is given. */
export interface RetryRequest {
  /** Its place in the story, from 1, or its id, e.g. `b3`. */
  readonly beat?: number | string;
  /** A name as progress shows it, e.g. `chunk-b3-2` or `cut`. */
  readonly unit?: string;
  /** Replaces what is sent to the model for the still or chunk; starts a new take. */
  readonly prompt?: string;
  /**
   * Buy it again although it was paid for: its footage arrived and is of no use, or the host lost it. Default: false.
   */
  readonly newTake?: boolean;
}

/** What a person found out about one unit of which nobody knew whether the host was paid. */
export interface ReconcileRequest {
  /** Its place in the story, from 1, or its id; fits when one unit of the beat is open. */
  readonly beat?: number | string;
  /** A name as progress shows it, e.g. `chunk-b3-2`. */
  readonly unit?: string;
  /** The host did take the order: this is its prediction. */
  readonly adopt?: string;
  /** The host did not take it: order it again. */
  readonly resubmit?: boolean;
  /** Finish the video without it, whatever became of the order; of the score alone. */
  readonly goWithout?: boolean;
}

/** The unit that goes on. */
export interface Reconciled {
  readonly unit: string;
}

/** The money a video may cost in all from now on, in US dollars. */
export interface RaiseBudgetRequest {
  readonly budgetUsd: number;
}

/** A person says yes to what waits at a gate. */
export interface ApproveRequest {
  readonly gate: Gate;
  /** As progress shows it: it names exactly what was looked at. */
  readonly digest: string;
  /** Who says so, for the record: 1–100 characters. */
  readonly by?: string;
}

/** A person ends the video at a gate. */
export interface RejectRequest extends ApproveRequest {
  /** For the record: 1–500 characters. */
  readonly reason?: string;
}

/** The names of the units that run again. */
export interface RetryAccepted {
  readonly units: readonly string[];
}

/** What the video has and what it waits for. Answered from memory, also after the end. */
export const progressQuery = defineQuery<VideoProgress>('progress');

/** Runs failed units of a parked video again. Refused when the video is not parked or nothing matches. */
export const retryUnitsUpdate = defineUpdate<RetryAccepted, [RetryRequest]>('retryUnits');

/** Settles whether the host was paid for a unit. Refused when no open unit matches. */
export const reconcileUnitUpdate = defineUpdate<Reconciled, [ReconcileRequest]>('reconcileUnit');

/** Gives a video more money. Refused when it has no budget, or when the new one is not higher. */
export const raiseBudgetUpdate = defineUpdate<BudgetReport, [RaiseBudgetRequest]>('raiseBudget');

/**
 * A newer release of the workflows is current. Carries nothing: a workflow that waits learns of it only when a message
 * wakes it.
 */
export const newReleaseSignal = defineSignal('newRelease');

/** Lets the video go on behind a gate, for exactly what was looked at. Refused when that is not what waits. */
export const approveUpdate = defineUpdate<Approval, [ApproveRequest]>('approve');

/** Ends the video at a gate. Refused when that is not what waits. */
export const rejectUpdate = defineUpdate<Rejection, [RejectRequest]>('reject');

/** A person has made another revision; carries its number. Orders on their way end, then that one is made. */
export const newRevisionSignal = defineSignal<[number]>('newRevision');

/** What a listing of videos can be filtered by. */
export const searchAttributes = {
  /** A phase, or `parked`, `awaiting_budget`, `succeeded`, `failed`, `canceled`. */
  phase: defineSearchAttributeKey('BeatreelPhase', SearchAttributeType.KEYWORD),
  tenant: defineSearchAttributeKey('BeatreelTenant', SearchAttributeType.KEYWORD),
  beats: defineSearchAttributeKey('BeatreelBeats', SearchAttributeType.INT),
  revision: defineSearchAttributeKey('BeatreelRevision', SearchAttributeType.INT),
  /** What a person is asked to approve; empty where nothing waits for that. */
  gate: defineSearchAttributeKey('BeatreelGate', SearchAttributeType.KEYWORD),
  costUsd: defineSearchAttributeKey('BeatreelCostUsd', SearchAttributeType.DOUBLE),
};
