import { type BriefProblem, describeProblems } from '../../domain/schemas/check-brief.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/** @throws BeatreelFailure InvalidRequest with every problem */
export function refuseBrief(problems: readonly BriefProblem[]): never {
  throw new BeatreelFailure(failureTypes.invalidRequest, describeProblems(problems), { details: problems });
}
