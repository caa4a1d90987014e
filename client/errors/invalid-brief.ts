import { type BriefProblem, describeProblems } from '../../domain/schemas/check-brief.ts';
import { BeatreelError } from './beatreel-error.ts';

/** An impossible brief. Nothing was bought. */
export class InvalidBrief extends BeatreelError {
  readonly code = 'InvalidBrief';
  /** Every problem found; empty only where the workflow gave a mere sentence. */
  readonly problems: readonly BriefProblem[];

  /** @param message default: a sentence with every problem */
  constructor(problems: readonly BriefProblem[], message?: string, options?: ErrorOptions) {
    super(message ?? describeProblems(problems), options);
    this.problems = problems;
  }
}
