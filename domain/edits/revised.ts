import type { Signature } from '../signature.ts';
import type { RevisionPlan } from './plan-revision.ts';

/** A person's change of a video, or a question for its price. */
export interface ReviseRequest extends Signature {
  /** As the caller wrote them, unchecked. */
  readonly edits: unknown;
  /** The revision that the edits were made for. Default: the newest. Edits for an older revision are refused. */
  readonly base?: number;
  /** Digest of the approved plan; a plan with another digest changes nothing. */
  readonly accept?: string;
  /** Units that keep their take although it no longer fits the request. */
  readonly keep?: readonly string[];
  /** Only reports the plan and changes nothing. Default: false. */
  readonly isDryRun?: boolean;
}

/** The result of a change. Money in US dollars. */
export interface Revised {
  readonly videoId: string;
  /** Number of the new revision; for a dry run, the number it would get. */
  readonly revision: number;
  /** Number of the parent revision. */
  readonly base: number;
  readonly plan: RevisionPlan;
  /** Spent over all revisions so far. */
  readonly spentUsd: number;
  /** The highest price of all live orders. */
  readonly reservedUsd: number;
  /** Absent without a budget. */
  readonly budgetUsd?: number;
  /** Whether the revision was made; false for a dry run. */
  readonly isMade: boolean;
}
