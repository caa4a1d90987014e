import type { BudgetReport } from '../../domain/treasury.ts';
import { BeatreelError } from './beatreel-error.ts';

/** The next purchase does not fit the budget, and nothing runs at the hosts any more: raise it, or cancel. */
export class VideoAwaitsBudget extends BeatreelError {
  readonly code = 'VideoAwaitsBudget';
  readonly videoId: string;
  /** Absent when no worker answered. */
  readonly budget: BudgetReport | undefined;

  constructor(videoId: string, budget?: BudgetReport) {
    super(
      `Video ${videoId} waits for money${budget ? `: ${describe(budget)}` : ''}. Raise its budget, or cancel it.`,
    );
    this.videoId = videoId;
    this.budget = budget;
  }
}

function describe({ capUsd = 0, spentUsd, reservedUsd, waiting, halted }: BudgetReport): string {
  const money = `$${spentUsd} spent and $${reservedUsd} set aside of $${capUsd}, ${waiting.length} purchases wait`;
  return halted === undefined ? money : `${money}. ${halted}`;
}
