import { ApplicationFailure } from '@temporalio/workflow';

import type { Brief, ModelChoice } from '../../domain/brief.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import type { Treasury } from '../../domain/treasury.ts';
import { describeOverbilling } from '../units/describe-overbilling.ts';
import type { Video } from '../video.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** Of a video, all that its plan touches. */
type Planning = Pick<Video, 'warn' | 'storyboard'> & {
  readonly activities: Pick<Video['activities'], 'planStoryboard'>;
};

/** What the plan is paid as. */
export const planPayment = 'storyboard';

/**
 * The second half of phase 1. Where a language model plans, its highest price is set aside before it is asked, and
 * what it cost takes the place of that; it is the first thing that a video buys.
 *
 * @throws ApplicationFailure BudgetExceeded when the budget has no money for a plan
 */
export async function writeStoryboard(
  video: Planning,
  brief: Brief,
  treasury: Treasury,
): Promise<Storyboard> {
  const { languageModel } = brief.models;
  if (languageModel) reservePlan(languageModel, brief, treasury);
  const storyboard = await video.activities.planStoryboard({ brief }, { summary: 'plan the storyboard' });
  const { planning } = storyboard;
  if (languageModel && planning) settlePlan({ video, treasury, model: languageModel }, planning.costUsd);
  // The stored one was written without a language model: a video of this id was here before.
  else if (languageModel) treasury.release(planPayment);
  if (planning?.fallback !== undefined) video.warn(planning.fallback);
  // A storyboard that was stored before plans had warnings has none.
  const { warnings = [] } = storyboard as Partial<Storyboard>;
  for (const warning of warnings) video.warn(warning);
  video.storyboard.finish(storyboard, planning?.costUsd);
  return storyboard;
}

function reservePlan(
  { name, highestPriceUsd: priceUsd }: ModelChoice,
  { limits }: Brief,
  treasury: Treasury,
): void {
  if (treasury.tryAdmit({ purchase: planPayment, priceUsd })) return;
  throw ApplicationFailure.nonRetryable(
    `A plan by ${name} costs up to ${showUsd(priceUsd)}, and the budget is ${showUsd(limits.budgetUsd ?? 0)}.`,
    failureTypes.budgetExceeded,
  );
}

interface PlanPayment {
  readonly video: Planning;
  readonly treasury: Treasury;
  readonly model: ModelChoice;
}

function settlePlan({ video, treasury, model }: PlanPayment, costUsd: number): void {
  treasury.settle(planPayment, costUsd);
  const problem = describeOverbilling(model, 'the plan', costUsd);
  if (problem === undefined) return;
  video.warn(problem);
  treasury.halt(problem);
}
