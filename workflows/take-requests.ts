import type { UpdateDefinition } from '@temporalio/common';
import { condition, setHandler } from '@temporalio/workflow';

import { approve, reject, validateApproval, validateRejection } from './decisions/pass-judgement.ts';
import { raiseBudget, validateBudget } from './decisions/raise-budget.ts';
import { reconcileUnit, validateReconcile } from './decisions/reconcile-unit.ts';
import { retryUnits, validateRetry } from './decisions/retry-units.ts';
import {
  approveUpdate,
  newRevisionSignal,
  progressQuery,
  raiseBudgetUpdate,
  reconcileUnitUpdate,
  rejectUpdate,
  retryUnitsUpdate,
} from './messages.ts';
import type { Video } from './video.ts';

/** Answers queries about a video and takes people's decisions, from its first moment on. */
export function takeRequests(video: Video): void {
  setHandler(progressQuery, () => video.progress(), {
    description: 'The state of the video and its waits, per phase and per unit.',
  });
  setHandler(
    newRevisionSignal,
    (revision) => {
      if (Number.isSafeInteger(revision)) video.hearOfRevision(revision);
    },
    { description: 'Another revision exists: live orders end, then it is made.' },
  );
  take(video, retryUnitsUpdate, {
    description: 'Runs failed units of a parked video again: all of them, those of a beat, or one by name.',
    check: (request) => {
      validateRetry(video, request);
    },
    decide: (request) => retryUnits(video, request),
  });
  take(video, reconcileUnitUpdate, {
    description: 'Settles whether the host was paid for a unit: adopt its prediction, or order again.',
    check: (request) => {
      validateReconcile(video, request);
    },
    decide: (request) => reconcileUnit(video, request),
  });
  take(video, raiseBudgetUpdate, {
    description: 'Raises the budget of the whole video, including spent money.',
    check: (request) => {
      validateBudget(video, request);
    },
    decide: (request) => raiseBudget(video, request),
  });
  take(video, approveUpdate, {
    description: 'Lets the video go on behind the gate at which it waits; carries the digest shown there.',
    check: (request) => {
      validateApproval(video, request);
    },
    decide: (request) => approve(video, request),
  });
  take(video, rejectUpdate, {
    description: 'Ends the video at the gate at which it waits; carries the digest shown there.',
    check: (request) => {
      validateRejection(video, request);
    },
    decide: (request) => reject(video, request),
  });
}

interface Decision<Answer, Request> {
  readonly description: string;
  /** @throws ApplicationFailure InvalidRequest for a request that does not fit */
  readonly check: (request: Request) => void;
  readonly decide: (request: Request) => Answer | Promise<Answer>;
}

/** Registers an update. While a run is still restoring an earlier one, its updates wait, and are checked afterwards. */
function take<Answer, Request>(
  video: Video,
  update: UpdateDefinition<Answer, [Request]>,
  { description, check, decide }: Decision<Answer, Request>,
): void {
  // The Temporal CLI and UI send an update without an argument as nothing at all.
  const orEmpty = (request: Request | undefined) => request ?? ({} as Request);
  const handle = (request: Request) => {
    if (!video.isOpening) return decide(orEmpty(request));
    return condition(() => !video.isOpening).then(() => {
      check(orEmpty(request));
      return decide(orEmpty(request));
    });
  };
  const validator = (request: Request) => {
    if (!video.isOpening) check(orEmpty(request));
  };
  setHandler(update, handle, { description, validator });
}
