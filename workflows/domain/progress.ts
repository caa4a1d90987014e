import type { ArtifactRef } from './artifact.ts';
import type { FailureType } from './failure-types.ts';
import type { Phase } from './unit.ts';

/** Where one unit stands. */
export type UnitStatus =
  'waiting' | 'submitting' | 'rendering' | 'storing' | 'succeeded' | 'failed' | 'canceled' | 'skipped';

export interface UnitFailure {
  readonly type: FailureType;
  readonly reason: string;
}

/** One unit of a phase: a still, a chunk, a clip, the cut, the score or the video. */
export interface UnitReport {
  /** Unique in the video, e.g. `still-03`, `chunk-03-01`, `cut`. */
  readonly name: string;
  /** 0-based; absent for what belongs to the whole video. */
  readonly beat?: number;
  /** 0-based within the beat; absent for stills and for what belongs to the whole video. */
  readonly chunk?: number;
  readonly status: UnitStatus;
  /** Takes started so far. */
  readonly attempts: number;
  readonly costUsd: number;
  readonly artifact?: ArtifactRef;
  readonly failure?: UnitFailure;
  /** Where the purchase is recorded; absent for what is not bought. */
  readonly ledgerKey?: string;
}

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

export type VideoStatus = 'running' | 'parked' | 'succeeded' | 'failed' | 'canceled';

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
  /** Why the video is parked, with both counts; absent while it runs. */
  readonly problem?: string;
  /** Changes with every change of the progress, so that a watcher can tell. */
  readonly revision: number;
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
