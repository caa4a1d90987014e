import type { ArtifactRef } from './artifact.ts';
import type { FailureType } from './failure-types.ts';
import type { Approval, OpenGate, Rejection } from './gates.ts';
import type { BudgetReport } from './treasury.ts';
import type { Medium, Phase } from './media.ts';
import type { VideoStatus } from './video-status.ts';

/** The state of one unit. */
export type UnitStatus =
  | 'waiting'
  | 'awaiting_budget'
  | 'submitting'
  | 'rendering'
  | 'storing'
  | 'succeeded'
  | 'failed'
  | 'canceled'
  | 'skipped';

/** A unit's wait outside any step: for room at its host, or for money that others may free. */
export type WaitsFor = 'place' | 'permit' | 'money';

/** A unit's failure by type and in words. */
export interface UnitFailure {
  readonly type: FailureType;
  readonly reason: string;
}

/** One unit of a phase: a still, a chunk, a clip, the cut, the score or the video. */
export interface UnitReport {
  /** Unique in the video, e.g. `still-b3`, `chunk-b3-2`, `cut`. */
  readonly name: string;
  readonly medium: Medium;
  /** Id of its beat, e.g. `b3`; absent for units of the whole video. */
  readonly beat?: string;
  /** 0-based within the beat; absent for stills and for units of the whole video. */
  readonly chunk?: number;
  readonly status: UnitStatus;
  /** Takes started so far. */
  readonly attempts: number;
  readonly costUsd: number;
  readonly artifact?: ArtifactRef;
  readonly failure?: UnitFailure;
  /** Absent without such a wait. */
  readonly waitsFor?: WaitsFor;
  /** The refused prompt, for a unit that failed by a refusal. */
  readonly refusedWords?: string;
  /** A remark on a file in use, e.g. that it came damaged; absent without one. */
  readonly note?: string;
  /** Catalogue name of the model that was asked last; absent for units that are not bought. */
  readonly model?: string;
  /** Key of the purchase's record; absent for units that are not bought. */
  readonly ledgerKey?: string;
}

/** The state of a phase; `partial` while some of its units wait for a person. */
export type PhaseStatus = 'pending' | 'running' | 'succeeded' | 'partial' | 'failed' | 'skipped';

/** The work of one phase. Times are ISO 8601 in UTC and may overlap between phases. */
export interface PhaseOutput {
  readonly phase: Phase;
  readonly status: PhaseStatus;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly costUsd: number;
  /** In screen order. */
  readonly units: readonly UnitReport[];
}

/** The result of ending everything that ran at the hosts, in US dollars. */
export interface CancelReport {
  /** Number of predictions that ended before they had succeeded or failed. */
  readonly canceled: number;
  /** Cost of predictions that had already finished. */
  readonly spentUsd: number;
  /** The highest price of all predictions that the hosts will not charge. */
  readonly savedUsd: number;
  /** The highest price of predictions that were running and are charged all the same. */
  readonly pastSavingUsd: number;
  /** Number of predictions that go on because their hosts cannot end them, or not at once; absent when 0. */
  readonly stillRunning?: number;
  /** Number of purchases with an unknown end; absent when 0. See the ledger. */
  readonly unsettled?: number;
  /** Cost of all ended predictions, from the ledger. */
  readonly costUsd?: number;
}

/** The report with the cost of each take, by its purchase name, e.g. `chunk-b1-2-t0`; for the workflow. */
export interface CleanUp extends CancelReport {
  readonly costs?: Readonly<Record<string, number>>;
}

/** The state of a video at this moment. */
export interface VideoProgress {
  readonly videoId: string;
  readonly title: string;
  readonly status: VideoStatus;
  /** The lowest phase that is not finished; `music` when all are. */
  readonly phase: Phase;
  readonly phases: readonly PhaseOutput[];
  readonly costUsd: number;
  /** The highest price of the whole plan; absent until it is planned. */
  readonly estimateUsd?: number;
  /** Absent until it is planned. */
  readonly beats?: number;
  /** The reason why the video is parked, with both counts, or why it failed; absent while it runs. */
  readonly problem?: string;
  /** Start of the wait for a person, ISO 8601 in UTC; absent without one. */
  readonly waitingSince?: string;
  /** The gate that waits for approval; absent without one. */
  readonly gate?: OpenGate;
  /** Approvals so far, in order; absent without one. */
  readonly approvals?: readonly Approval[];
  /** The rejection that ended the video; absent without one. */
  readonly rejection?: Rejection;
  /** Absent until the brief is accepted. */
  readonly budget?: BudgetReport;
  /** Facts for a person although nothing waits, e.g. that the plan may cost more than the budget. */
  readonly warnings?: readonly string[];
  /** The result of a cancellation at the hosts; absent for a video that was not cancelled. */
  readonly cancellation?: CancelReport;
  /** Number of the current or last revision; absent until the first is planned. */
  readonly revision?: number;
  /** Grows with every change of the progress, so that watchers notice changes. */
  readonly changes: number;
}

/** The facts of a finished video. Files are in the bucket, by key. */
export interface VideoResult {
  readonly videoId: string;
  readonly status: 'succeeded';
  readonly video: ArtifactRef;
  readonly manifest: ArtifactRef;
  readonly durationSeconds: number;
  readonly beats: number;
  readonly stills: number;
  readonly chunks: number;
  readonly clips: number;
  readonly costUsd: number;
  /** The state of the score: `off` when the brief asks for none. */
  readonly music: { readonly status: 'included' | 'off' | 'failed'; readonly reason?: string };
  readonly phases: readonly PhaseOutput[];
}
