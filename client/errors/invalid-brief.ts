import { type BriefProblem, describeProblems } from '../../domain/schemas/check-brief.ts';
import { BeatreelError } from './beatreel-error.ts';

/** A brief that cannot be made. Nothing was bought. */
export class InvalidBrief extends BeatreelError {
  readonly code = 'InvalidBrief';
  /** Every problem found; empty only where the workflow gave no more than a sentence. */
  readonly problems: readonly BriefProblem[];

  /** @param message default: a sentence with every problem */
  constructor(problems: readonly BriefProblem[], message?: string, options?: ErrorOptions) {
    super(message ?? describeProblems(problems), options);
    this.problems = problems;
  }
}
