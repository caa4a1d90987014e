import { explainWaiting } from '../../domain/explain-progress.ts';
import type { BudgetReport } from '../../domain/treasury.ts';
import { BeatreelError } from './beatreel-error.ts';

/** The next purchase does not fit the budget, and nothing runs at the hosts any more: raise it, or cancel. */
export class VideoAwaitsBudget extends BeatreelError {
  readonly code = 'VideoAwaitsBudget';
  readonly videoId: string;
  /** Absent when no worker answered. */
  readonly budget: BudgetReport | undefined;
  /** A sentence on the next step; absent when no worker answered. */
  readonly nextStep: string | undefined;

  constructor(videoId: string, budget?: BudgetReport) {
    const { reason, nextStep } = budget ? explainWaiting(videoId, budget) : {};
    super(
      `Video ${videoId} waits for money${reason === undefined ? '.' : `: ${reason}`} Raise its budget, or cancel it.`,
    );
    this.videoId = videoId;
    this.budget = budget;
    this.nextStep = nextStep;
  }
}
