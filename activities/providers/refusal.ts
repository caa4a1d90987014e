import type { FailureType } from '../../domain/failure-types.ts';

/** What one answer of a host means for us. A host's table of these is all that decides on its refusals. */
export interface Refusal {
  readonly type: FailureType;
  /** What a person can do about it: one sentence. */
  readonly advice?: string;
}
