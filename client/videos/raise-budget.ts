import type { BudgetReport } from '../../domain/treasury.ts';
import { raiseBudgetUpdate } from '../../workflows/messages.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import { NotAccepted } from '../errors/not-accepted.ts';
import { updateVideo } from './update-video.ts';

/** @throws NotAccepted with the workflow's words; VideoNotFound; NoWorkerAnswers */
export async function raiseBudget(
  temporal: TemporalNamespace,
  videoId: string,
  budgetUsd: number,
): Promise<BudgetReport> {
  return updateVideo(temporal, videoId, {
    update: raiseBudgetUpdate,
    request: { budgetUsd },
    rule: 'nothing is left to pay for',
    doing: `Raising the budget of ${videoId}`,
    toRefusal: (reason, options) => new NotAccepted(videoId, `the new budget. ${reason}`, options),
  });
}
