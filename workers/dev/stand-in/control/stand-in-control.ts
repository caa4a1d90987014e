import { z } from 'zod';
import type { FaultRuleInput } from '../faults/fault-rule.ts';
import type { FaultTally } from '../faults/fault-script.ts';
import type { BarrierOptions } from '../predictions/barrier.ts';
import type { Latency } from '../predictions/latency.ts';
import type { RateLimitOptions } from '../predictions/rate-limit.ts';
import type { Counters } from './counters.ts';

/** Numbers to wait for; every given one must be reached. */
export const milestoneSchema = z.strictObject({
  /** Accepted creates. */
  creates: z.int().nonnegative().optional(),
  inFlight: z.int().nonnegative().optional(),
  /** Held at the barrier. */
  held: z.int().nonnegative().optional(),
  /** Started by the host. */
  started: z.int().nonnegative().optional(),
  /** Ended in any way. */
  finished: z.int().nonnegative().optional(),
  /** GETs of output files. */
  outputRequests: z.int().nonnegative().optional(),
  /** Give up after this long. Default 300. */
  timeoutSeconds: z.number().positive().optional(),
});

/** Numbers to wait for; every given one must be reached. */
export type Milestone = z.infer<typeof milestoneSchema>;

/** The numbers that a milestone can have. */
export type MilestoneCount = Exclude<keyof Milestone, 'timeoutSeconds'>;

/** Watches the stand-in and makes it misbehave. The same functions are under `/_stand-in/` over HTTP. */
export interface StandInControl {
  counters(): Counters;
  /**
   * Forgets predictions, counters, faults, latencies, the rate limit and the barrier; live predictions vanish without
   * an end.
   */
  reset(): Promise<void>;
  /** Replaces latencies; omitted ones return to the start's. Holds for predictions created from now on. */
  setLatency(latency: Latency): void;
  /** Replaces the script of faults; an empty one ends all faults. Throws ZodError for an unknown rule. */
  setFaults(rules: readonly FaultRuleInput[]): void;
  /** The script's rules in order, with their counts so far. */
  faults(): readonly FaultTally[];
  /** Limits the creates of the account from now on; undefined lifts the limit. It applies before every fault. */
  setRateLimit(options: RateLimitOptions | undefined): void;
  /** Holds completions until enough are live at once, or until `release`. */
  setBarrier(options?: BarrierOptions): void;
  release(): void;
  /** Ends the retention of a prediction now. */
  expire(predictionId: string): void;
  /** Resolves with the counters once the milestone is reached; rejects when its time is up. */
  waitFor(milestone: Milestone): Promise<Counters>;
}
