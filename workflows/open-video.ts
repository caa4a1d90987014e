import { setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';

import { VideoPermits } from './account/video-permits.ts';
import type { ActivityCaller } from './activity-proxies.ts';
import { connectActivities } from './activity-proxies.ts';
import { announce } from './announce.ts';
import { describeProgress } from './domain/describe-progress.ts';
import type { RetryRequest } from './messages.ts';
import { progressQuery, retryUnitsUpdate } from './messages.ts';
import { Parking } from './parking.ts';
import { ProgressBoard } from './progress-board.ts';
import type { VideoRun } from './video-run.ts';

/** A video of which nothing is known yet but its id. */
export interface OpenVideo {
  readonly board: ProgressBoard;
  readonly parking: Parking;
  readonly activities: ActivityCaller;
  readonly permits: VideoPermits;
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
  const activities = connectActivities();
  const video: OpenVideo = {
    board,
    parking,
    activities,
    permits: new VideoPermits(activities),
    run: undefined,
    ending: undefined,
  };
  return video;
}
