import { setHandler } from '@temporalio/workflow';

import { raiseBudget, validateBudget } from './decisions/raise-budget.ts';
import { reconcileUnit, validateReconcile } from './decisions/reconcile-unit.ts';
import { retryUnits, validateRetry } from './decisions/retry-units.ts';
import type { RaiseBudgetRequest, ReconcileRequest, RetryRequest } from './messages.ts';
import { progressQuery, raiseBudgetUpdate, reconcileUnitUpdate, retryUnitsUpdate } from './messages.ts';
import type { Video } from './video.ts';

/** Answers questions about a video and takes what people decide, from its first moment on. */
export function takeRequests(video: Video): void {
  setHandler(progressQuery, () => video.progress(), {
    description: 'What the video has and what it waits for, per phase and per unit.',
  });
  setHandler(retryUnitsUpdate, (request = {}) => retryUnits(video, request), {
    description: 'Runs failed units of a parked video again: all of them, those of a beat, or one by name.',
    // The Temporal CLI and UI send an update without an argument as nothing at all.
    validator: (request: RetryRequest = {}) => {
      validateRetry(video, request);
    },
  });
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
