import { condition, setHandler } from '@temporalio/workflow';

import { raiseBudget, validateBudget } from './decisions/raise-budget.ts';
import { reconcileUnit, validateReconcile } from './decisions/reconcile-unit.ts';
import { retryUnits, validateRetry } from './decisions/retry-units.ts';
import type { RaiseBudgetRequest, ReconcileRequest, RetryRequest } from './messages.ts';
import { isAmount } from './guards.ts';
import {
  newRevisionSignal,
  progressQuery,
  raiseBudgetUpdate,
  reconcileUnitUpdate,
  retryUnitsUpdate,
} from './messages.ts';
import type { Video } from './video.ts';

/** Answers questions about a video and takes what people decide, from its first moment on. */
export function takeRequests(video: Video): void {
  setHandler(progressQuery, () => video.progress(), {
    description: 'What the video has and what it waits for, per phase and per unit.',
  });
  // The Temporal CLI and UI send an update without an argument as nothing at all.
  const checkRetry = (request: RetryRequest = {}) => {
    validateRetry(video, request);
  };
  const checkReconcile = (request: ReconcileRequest | undefined) => {
    validateReconcile(video, request);
  };
  const checkBudget = (request: RaiseBudgetRequest | undefined) => {
    validateBudget(video, request);
  };
  const retry = (request: RetryRequest = {}) => retryUnits(video, request);
  const reconcile = (request: ReconcileRequest) => reconcileUnit(video, request);
  const raise = (request: RaiseBudgetRequest) => raiseBudget(video, request);
  setHandler(
    newRevisionSignal,
    (revision) => {
      if (isAmount(revision)) video.hearOfRevision(revision);
    },
    { description: 'There is another revision: what is ordered ends, then that one is made.' },
  );
  setHandler(retryUnitsUpdate, onceOpen(video, checkRetry, retry), {
    description: 'Runs failed units of a parked video again: all of them, those of a beat, or one by name.',
    validator: unlessOpening(video, checkRetry),
  });
  setHandler(reconcileUnitUpdate, onceOpen(video, checkReconcile, reconcile), {
    description: 'Settles whether the host was paid for a unit: adopt its prediction, or order again.',
    validator: unlessOpening(video, checkReconcile),
  });
  setHandler(raiseBudgetUpdate, onceOpen(video, checkBudget, raise), {
    description: 'Gives the video more money; the new budget is for all of it, what is spent included.',
    validator: unlessOpening(video, checkBudget),
  });
}

/** A run that goes on for an earlier one takes what people decide, and checks it where that one stood. */
function unlessOpening<Request>(video: Video, check: (request: Request) => void): (request: Request) => void {
  return (request) => {
    if (!video.isOpening) check(request);
  };
}

function onceOpen<Request, Answer>(
  video: Video,
  check: (request: Request) => void,
  decide: (request: Request) => Answer | Promise<Answer>,
): (request: Request) => Answer | Promise<Answer> {
  return (request) => {
    if (!video.isOpening) return decide(request);
    return condition(() => !video.isOpening).then(() => {
      check(request);
      return decide(request);
    });
  };
}
