import { ApplicationFailure } from '@temporalio/workflow';

import type { Brief, ModelChoice } from '../domain/brief.ts';
import { failureTypes } from '../domain/failure-types.ts';
import type { Storyboard } from '../domain/storyboard.ts';
import type { Treasury } from '../domain/treasury.ts';
import type { OpenVideo } from '../open-video.ts';

/** What the plan is paid as. */
const planPayment = 'storyboard';

/**
 * The second half of phase 1. Where a language model plans, its highest price is set aside before it is asked, and
 * what it cost takes the place of that; it is the first thing that a video buys.
 *
 * @throws ApplicationFailure BudgetExceeded when the budget has no money for a plan
 */
export async function writeStoryboard(
  { board, activities }: OpenVideo,
  brief: Brief,
  treasury: Treasury,
): Promise<Storyboard> {
  const { languageModel } = brief.models;
  if (languageModel) setAside(languageModel, brief, treasury);
  const storyboard = await activities.call('planStoryboard', { brief }, { summary: 'plan the storyboard' });
  const { planning } = storyboard;
  if (languageModel && planning) settlePlan({ board, brief, treasury, languageModel }, planning.costUsd);
  // What is stored was written without a language model: a video of this id was here before.
  else if (languageModel) treasury.release(planPayment);
  if (planning?.fallback !== undefined) board.warn(planning.fallback);
  board.estimateUsd = storyboard.estimateUsd;
  board.beats = storyboard.beats.length;
  board.updateUnit('plan', 'storyboard', {
    status: 'succeeded',
    attempts: 1,
    costUsd: planning?.costUsd ?? 0,
  });
  board.endPhase('plan', 'succeeded');
  return storyboard;
}

function setAside(
  { name, highestPriceUsd: priceUsd }: ModelChoice,
  { limits }: Brief,
  treasury: Treasury,
): void {
  if (treasury.tryAdmit({ purchase: planPayment, priceUsd })) return;
  throw ApplicationFailure.nonRetryable(
    `A plan by ${name} costs up to $${priceUsd}, and the budget is $${limits.budgetUsd ?? 0}.`,
    failureTypes.budgetExceeded,
  );
}

interface Payer {
  readonly board: OpenVideo['board'];
  readonly brief: Brief;
  readonly treasury: Treasury;
  readonly languageModel: ModelChoice;
}

/** A price that does not hold is no cap: nothing more is bought before a person has seen it. */
function settlePlan({ board, brief, treasury, languageModel }: Payer, costUsd: number): void {
  const { name, highestPriceUsd } = languageModel;
  treasury.settle(planPayment, costUsd);
  if (costUsd <= highestPriceUsd) return;
  const problem =
    `The plan by ${name} cost $${costUsd}, and its highest price in the catalogue is $${highestPriceUsd}. ` +
    'Correct the catalogue, then raise the budget to go on.';
  board.warn(problem);
  if (brief.limits.budgetUsd !== undefined) treasury.halt(problem);
}
