import type { BudgetReport } from '../../domain/treasury.ts';
import type { RaiseBudgetRequest } from '../messages.ts';
import { isBudgetRequest } from '../guards.ts';
import { quote, refused } from '../unit-failure.ts';
import type { Video } from '../video.ts';
import { showUsd } from '../../domain/show-usd.ts';

/** The highest possible budget, in US dollars. */
const mostUsd = 1_000_000;

/** @throws ApplicationFailure InvalidRequest when the video has no budget or the new one is not higher */
export function validateBudget({ treasury }: Video, request: RaiseBudgetRequest | undefined): void {
  if (!isBudgetRequest(request ?? {}))
    throw refused(`The request is ${quote(request)}: one object with budgetUsd and nothing else.`);
  const budgetUsd: unknown = request?.budgetUsd;
  if (typeof budgetUsd !== 'number' || !(budgetUsd > 0) || budgetUsd > mostUsd) {
    throw refused(`budgetUsd is ${String(budgetUsd)}: more than 0, at most ${mostUsd}.`);
  }
  const report = treasury?.report();
  if (report?.capUsd === undefined) throw refused('The video has no budget that could be raised.');
  // A video that stopped for another reason continues with the same budget.
  const isHigher = budgetUsd > report.capUsd || (report.halted !== undefined && budgetUsd === report.capUsd);
  if (!isHigher)
    throw refused(
      `budgetUsd is ${budgetUsd}: more than the budget of ${showUsd(report.capUsd)}.${least(report)}`,
    );
}

/** A sentence on the needed budget, where a purchase waits for it. */
function least({ neededUsd }: BudgetReport): string {
  return neededUsd === undefined ? '' : ` The next purchase needs a budget of ${showUsd(neededUsd)}.`;
}

/** Raises the budget, and buys waiting purchases as far as it goes. */
export function raiseBudget({ treasury }: Video, { budgetUsd }: RaiseBudgetRequest): BudgetReport {
  if (!treasury) throw refused('The video is not planned yet.');
  treasury.raise(budgetUsd);
  return treasury.report();
}
