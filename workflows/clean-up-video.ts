import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';

import type { CancelReport } from '../domain/progress.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { cleanUpId, videoOf } from '../domain/workflow-types.ts';
import { connectActivities } from './activities.ts';

/**
 * Ends live predictions of a video whose own workflow cannot do so any more, because it was terminated or timed out.
 * The workflow's id names the video. Safe to run again.
 */
export async function cleanUpVideo(): Promise<CancelReport> {
  const { workflowId, workflowType } = workflowInfo();
  const videoId = videoOf(workflowType, workflowId);
  if (cleanUpId(videoId) !== workflowId)
    throw ApplicationFailure.nonRetryable(
      `${workflowId} names no clean-up of a video.`,
      failureTypes.invalidRequest,
    );
  return connectActivities().cancelPredictions({ videoId }, { summary: 'end what still runs at the hosts' });
}
