import type { ArtifactRef } from './artifact.ts';
import type { FailureType } from './failure-types.ts';
import type { Approval, OpenGate, Rejection } from './gates.ts';
import type { BudgetReport } from './treasury.ts';
import type { Medium, Phase } from './media.ts';
import type { VideoStatus } from './video-status.ts';

/** Where one unit stands. */
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

/** What a unit waits for that is not the work of a step: room at its host, or money that others may free. */
export type WaitsFor = 'place' | 'permit' | 'money';

/** Why a unit failed: by name, and in words. */
export interface UnitFailure {
  readonly type: FailureType;
  readonly reason: string;
}

/** One unit of a phase: a still, a chunk, a clip, the cut, the score or the video. */
export interface UnitReport {
  /** Unique in the video, e.g. `still-b3`, `chunk-b3-2`, `cut`. */
  readonly name: string;
  readonly medium: Medium;
  /** Its id, e.g. `b3`; absent for what belongs to the whole video. */
  readonly beat?: string;
  /** 0-based within the beat; absent for stills and for what belongs to the whole video. */
  readonly chunk?: number;
  readonly status: UnitStatus;
  /** Takes started so far. */
  readonly attempts: number;
  readonly costUsd: number;
  readonly artifact?: ArtifactRef;
  readonly failure?: UnitFailure;
  /** Absent where it waits for none of these. */
  readonly waitsFor?: WaitsFor;
  /** The prompt that the host refused; of a unit that failed by that. */
  readonly refusedWords?: string;
  /** What a person should know of the file although it is used, e.g. that it came damaged; absent otherwise. */
  readonly note?: string;
  /** Name in the catalogue of the model that was asked last; absent for what is not bought. */
  readonly model?: string;
  /** Where the purchase is recorded; absent for what is not bought. */
  readonly ledgerKey?: string;
}

/** How a phase stands; `partial` while some of its units wait for a person. */
export type PhaseStatus = 'pending' | 'running' | 'succeeded' | 'partial' | 'failed' | 'skipped';

/** What one phase did. Times are ISO 8601 in UTC and may overlap between phases. */
export interface PhaseOutput {
  readonly phase: Phase;
  readonly status: PhaseStatus;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly costUsd: number;
  /** In screen order. */
  readonly units: readonly UnitReport[];
}

/** What ending everything that ran at the hosts came to, in US dollars. */
export interface CancelReport {
  /** Predictions that were ended before they had succeeded or failed. */
  readonly canceled: number;
  /** Cost of predictions that had already finished. */
  readonly spentUsd: number;
  /** The highest price of what the hosts will not charge. */
  readonly savedUsd: number;
  /** The highest price of what was running and is charged all the same. */
  readonly pastSavingUsd: number;
  /** Predictions that go on at hosts that cannot end them, or not at once; absent when there are none. */
  readonly stillRunning?: number;
  /** Purchases of which nobody knows the end; absent when there are none. See the ledger. */
  readonly unsettled?: number;
  /** Cost of everything that has ended, as the ledger has it. */
  readonly costUsd?: number;
}

/** The same for the workflow, with what each take cost: by what it is paid as, e.g. `chunk-b1-2-t0`. */
export interface CleanUp extends CancelReport {
  readonly costs?: Readonly<Record<string, number>>;
}

/** What is known of a video at this moment. */
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
  /** Why the video is parked, with both counts, or why it failed; absent while it runs. */
  readonly problem?: string;
  /** Since when it waits for a person, ISO 8601 in UTC; absent while it does not. */
  readonly waitingSince?: string;
  /** What is to be approved; absent where nothing waits for that. */
  readonly gate?: OpenGate;
  /** What people approved, in order; absent where nothing was. */
  readonly approvals?: readonly Approval[];
  /** Who ended the video at a gate; absent where nobody did. */
  readonly rejection?: Rejection;
  /** Absent until the brief is accepted. */
  readonly budget?: BudgetReport;
  /** What a person should know although nothing waits for them, e.g. that the plan may cost more than its budget. */
  readonly warnings?: readonly string[];
  /** What a cancellation came to at the hosts; absent for a video that was not cancelled. */
  readonly cancellation?: CancelReport;
  /** Which revision of the video is being made, or was; absent until the first is planned. */
  readonly revision?: number;
  /** Grows with every change of the progress, so that a watcher can tell. */
  readonly changes: number;
}

/** What a finished video is. Files are in the bucket, by key. */
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
  /** Whether a score was asked for, and what became of it. */
  readonly music: { readonly status: 'included' | 'off' | 'failed'; readonly reason?: string };
  readonly phases: readonly PhaseOutput[];
}
