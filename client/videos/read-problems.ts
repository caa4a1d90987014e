import type { ApplicationFailure } from '@temporalio/common';

import type { BriefProblem } from '../../domain/schemas/check-brief.ts';

/** The problems a worker found in a brief; empty where it gave a mere sentence. */
export function readProblems({ details }: ApplicationFailure): readonly BriefProblem[] {
  const problems: unknown = details?.[0];
  return Array.isArray(problems) ? (problems as BriefProblem[]) : [];
}
