import type { VideoPermits } from './account/video-permits.ts';
import type { ActivityCaller } from './activity-proxies.ts';
import type { ArtifactRef } from './domain/artifact.ts';
import type { Brief } from './domain/brief.ts';
import type { ChunkPlan } from './domain/chunks.ts';
import type { Semaphore } from './domain/semaphore.ts';
import type { Storyboard } from './domain/storyboard.ts';
import type { Treasury } from './domain/treasury.ts';
import type { Parking } from './parking.ts';
import type { Purchase } from './buying/purchase.ts';
import type { ProgressBoard } from './progress-board.ts';

/** Takes of one unit, across retries. */
export interface UnitTakes {
  /** 0-based number of the take that is open or succeeded. */
  take: number;
  /** Whether that take ended without a file, so that the next purchase is a new one. */
  ended: boolean;
  /** Whether it was ordered, perhaps, and nobody knows its end. */
  isOpen: boolean;
  /** A take before it that was open when a person wanted another one; it is ended before that is bought. */
  superseded?: number;
  /** Whether the prompt was rewritten after a refusal. */
  isSoftened?: boolean;
  /** What a person wanted sent before it was rewritten. */
  hardPrompt?: string;
  /** Which of the models it may be bought with is its turn: 0-based, in the order of the brief. Default: the first. */
  model?: number;
  /** What each take cost, by its number. */
  readonly costsUsd: number[];
  /** What a person wants sent in place of the storyboard's prompt. */
  prompt?: string;
}

/** A file that was bought, and the purchase it came from. */
export interface BoughtArtifact {
  readonly artifact: ArtifactRef;
  readonly predictionKey: string;
}

/** A purchase, and what comes of it while it is under way. */
export interface Buying {
  readonly purchase: Purchase;
  readonly result?: Promise<BoughtArtifact | undefined>;
}

/** Everything the phases of one video share. */
export interface VideoRun {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  readonly timeline: readonly ChunkPlan[];
  readonly activities: ActivityCaller;
  readonly permits: VideoPermits;
  readonly board: ProgressBoard;
  readonly parking: Parking;
  readonly stills: Semaphore;
  readonly chunks: Semaphore;
  readonly treasury: Treasury;
  /** Units of which nobody knows whether their order was taken. */
  readonly unknown: Set<string>;
  readonly takes: Map<string, UnitTakes>;
  /** What is being bought, or was last, by the name of the unit. */
  readonly buying: Map<string, Buying>;
  /** What was bought so far, by the name of the unit. */
  readonly bought: Map<string, BoughtArtifact>;
  /** What our own steps made so far, by the name of the step. */
  readonly made: Map<string, unknown>;
}

/** Where a file of this video lies. */
export function keyOf(run: Pick<VideoRun, 'brief'>, path: string): string {
  return `videos/${run.brief.videoId}/${path}`;
}
