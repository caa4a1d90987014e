import { setHandler } from '@temporalio/workflow';

import type { RaiseBudgetRequest, ReconcileRequest } from './messages.ts';
import { raiseBudgetUpdate, reconcileUnitUpdate } from './messages.ts';
import type { OpenVideo } from './open-video.ts';
import { raiseBudget, validateBudget } from './raise-budget.ts';
import { reconcileUnit, validateReconcile } from './reconcile-unit.ts';

/** Takes what people decide about money: what was paid for, and what may be. */
export function takeDecisions(video: OpenVideo): void {
  setHandler(reconcileUnitUpdate, (request) => reconcileUnit(video, request), {
    description: 'Settles whether the host was paid for a unit: adopt its prediction, or order again.',
    validator: (request: ReconcileRequest | undefined) => {
      validateReconcile(video, request);
    },
  });
  setHandler(raiseBudgetUpdate, (request) => raiseBudget(video, request), {
    description: 'Gives the video more money; the new budget is for all of it, what is spent included.',
    validator: (request: RaiseBudgetRequest | undefined) => {
      validateBudget(video, request);
    },
  });
}
