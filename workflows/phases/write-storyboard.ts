import { ApplicationFailure } from '@temporalio/workflow';

import type { Brief, ModelChoice } from '../../domain/brief.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import type { Storyboard } from '../../domain/storyboard.ts';
import type { Treasury } from '../../domain/treasury.ts';
import { describeOverbilling } from '../units/describe-overbilling.ts';
import type { Video } from '../video.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** The parts of a video that planning uses. */
type Planning = Pick<Video, 'warn' | 'storyboard'> & {
  readonly activities: Pick<Video['activities'], 'planStoryboard'>;
};

/** The purchase name of the plan. */
export const planPayment = 'storyboard';

/**
 * Phase 1, second half. Before a language model is asked, its highest price is reserved; its cost then replaces the
 * reservation. It is the first purchase of a video.
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
  // The stored storyboard of an earlier video with this id was written without a language model.
  else if (languageModel) treasury.release(planPayment);
  if (planning?.fallback !== undefined) video.warn(planning.fallback);
  // A storyboard from before warnings existed has none.
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
