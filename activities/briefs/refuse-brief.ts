import type { BriefProblem } from '../../workflows/contract/check-brief.ts';
import { describeProblems } from '../../workflows/contract/check-brief.ts';
import { failureTypes } from '../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../runtime/failures.ts';

/** @throws BeatreelFailure InvalidRequest with every problem */
export function refuseBrief(problems: readonly BriefProblem[]): never {
  throw new BeatreelFailure(failureTypes.invalidRequest, describeProblems(problems), { details: problems });
}
