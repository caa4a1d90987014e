import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { defineQuery, defineUpdate } from '@temporalio/workflow';

import type { VideoProgress } from './domain/progress.ts';

/** The name by which the workflow is started: `temporal workflow start --type generateVideo`. */
export const generateVideoType = 'generateVideo';

/** The queue of the workflow; the queues of the activities share its prefix. */
export const orchestratorQueue = 'beatreel-orchestrator';

/** Which failed units to run again. Everything that failed, when neither beat nor unit is given. */
export interface RetryRequest {
  /** 0-based. */
  readonly beat?: number;
  /** A name as progress shows it, e.g. `chunk-02-01` or `cut`. */
  readonly unit?: string;
  /** Replaces what is sent to the model for the still or chunk; starts a new take. */
  readonly prompt?: string;
  /** Buy it again although its footage arrived, because it is of no use. Default: false. */
  readonly newTake?: boolean;
}

/** The names of the units that run again. */
export interface RetryAccepted {
  readonly units: readonly string[];
}

/** What the video has and what it waits for. Answered from memory, also after the end. */
export const progressQuery = defineQuery<VideoProgress>('progress');

/** Runs failed units of a parked video again. Refused when the video is not parked or nothing matches. */
export const retryUnitsUpdate = defineUpdate<RetryAccepted, [RetryRequest]>('retryUnits');

/** What a listing of videos can be filtered by. */
export const searchAttributes = {
  /** A phase, or `parked`, `succeeded`, `failed`, `canceled`. */
  phase: defineSearchAttributeKey('BeatreelPhase', SearchAttributeType.KEYWORD),
  tenant: defineSearchAttributeKey('BeatreelTenant', SearchAttributeType.KEYWORD),
  beats: defineSearchAttributeKey('BeatreelBeats', SearchAttributeType.INT),
  costUsd: defineSearchAttributeKey('BeatreelCostUsd', SearchAttributeType.DOUBLE),
};
