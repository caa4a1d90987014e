import type { Brief } from '../../domain/brief.ts';
import type { ChunkPlan } from '../../domain/chunks.ts';
import type { Semaphore } from '../../domain/semaphore.ts';
import type { Storyboard } from '../../domain/storyboard.ts';

/** The inputs of all unit plans of a video. */
export interface PlanSource {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
  /** In screen order. */
  readonly timeline: readonly ChunkPlan[];
  readonly stillSlots: Semaphore;
  readonly chunkSlots: Semaphore;
  /** The highest price of all footage without a reservation, in US dollars. */
  readonly unreservedFootageUsd: number;
}
