import type { Brief } from '../../domain/brief.ts';
import type { ChunkPlan } from '../../domain/chunks.ts';
import type { Semaphore } from '../../domain/semaphore.ts';
import type { Storyboard } from '../../domain/storyboard.ts';

/** What the units of a video are planned from. */
export interface PlanSource {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  /** In screen order. */
  readonly timeline: readonly ChunkPlan[];
  readonly stillSlots: Semaphore;
  readonly chunkSlots: Semaphore;
  /** The highest price of the footage for which no money is set aside yet, in US dollars. */
  readonly unreservedFootageUsd: number;
}
