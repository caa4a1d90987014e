import { setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';

import type { ActivityCaller } from './activity-proxies.ts';
import { connectActivities } from './activity-proxies.ts';
import { announce } from './announce.ts';
import { describeProgress } from './domain/describe-progress.ts';
import type { RaiseBudgetRequest, ReconcileRequest, RetryRequest } from './messages.ts';
import { progressQuery, raiseBudgetUpdate, reconcileUnitUpdate, retryUnitsUpdate } from './messages.ts';
import { Parking } from './parking.ts';
import { ProgressBoard } from './progress-board.ts';
import { raiseBudget, validateBudget } from './raise-budget.ts';
import { reconcileUnit, validateReconcile } from './reconcile-unit.ts';
import type { VideoRun } from './video-run.ts';

/** A video of which nothing is known yet but its id. */
export interface OpenVideo {
  readonly board: ProgressBoard;
  readonly parking: Parking;
  readonly activities: ActivityCaller;
  /** Everything else, as soon as it is planned. */
  run: VideoRun | undefined;
  /** The first of the calls that end what runs at the hosts, while orders on their way are still waited for. */
  ending: Promise<void> | undefined;
}

/** Answers queries and takes updates from the first moment on. */
export function openVideo(): OpenVideo {
  const board = new ProgressBoard(workflowInfo().workflowId, (progress) => {
    setCurrentDetails(describeProgress(progress));
    const { status, phase, costUsd } = progress;
    announce({ phase: status === 'running' ? phase : status, costUsd });
  });
  const parking = new Parking(board);
  setHandler(progressQuery, () => board.snapshot(), {
    description: 'What the video has and what it waits for, per phase and per unit.',
  });
  setHandler(retryUnitsUpdate, (request = {}) => parking.retry(request), {
    description: 'Runs failed units of a parked video again: all of them, those of a beat, or one by name.',
    // The Temporal CLI and UI send an update without an argument as nothing at all.
    validator: (request: RetryRequest = {}) => {
      parking.validate(request);
    },
  });
  const video: OpenVideo = {
    board,
    parking,
    activities: connectActivities(),
    run: undefined,
    ending: undefined,
  };
  takeDecisions(video);
  return video;
}

function takeDecisions(video: OpenVideo): void {
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
