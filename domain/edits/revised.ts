import type { RevisionPlan } from './plan-revision.ts';

/** A change that a person wants, or the price of it. */
export interface ReviseRequest {
  /** As the caller wrote them; nothing is assumed of them. */
  readonly edits: unknown;
  /** The revision that they were made for. Default: the newest. Another newest one refuses them. */
  readonly base?: number;
  /** The digest of the plan that was said yes to; where the plan is another one by now, nothing is changed. */
  readonly accept?: string;
  /** Units that keep the take they have although it does not fit any more. */
  readonly keep?: readonly string[];
  /** Says what would be, and changes nothing. Default: false. */
  readonly isDryRun?: boolean;
}

/** What a change comes to. Money in US dollars. */
export interface Revised {
  readonly videoId: string;
  /** The number that the revision has, or would have. */
  readonly revision: number;
  /** The one that it is made of. */
  readonly base: number;
  readonly plan: RevisionPlan;
  /** Over all revisions so far. */
  readonly spentUsd: number;
  /** The highest price of what is ordered and not ended. */
  readonly reservedUsd: number;
  /** Absent without a budget. */
  readonly budgetUsd?: number;
  /** Whether it was made; false for a price. */
  readonly isMade: boolean;
}
