import { workflowInfo } from '@temporalio/workflow';

import type { Revised, ReviseRequest } from '../domain/edits/revised.ts';
import { videoOf } from '../domain/workflow-types.ts';
import { connectActivities } from './activities.ts';
import { isRecord } from './guards.ts';
import { refused } from './unit-failure.ts';

/**
 * Changes a video into a new revision, or prices the change. Its id names the video, which may run, wait, or have ended
 * long ago. Safe to run again: a finished change is not repeated.
 *
 * @throws ApplicationFailure InvalidRequest with every problem; then nothing has changed
 */
export async function editVideo(request: ReviseRequest): Promise<Revised> {
  if (!isRecord(request))
    throw refused('A video is changed with one JSON object: edits, and what they are based on.');
  const { workflowId, workflowType } = workflowInfo();
  const videoId = videoOf(workflowType, workflowId);
  const { isDryRun = false } = request;
  return connectActivities().reviseVideo(
    { ...request, videoId },
    { summary: isDryRun ? 'price the change' : 'make the change' },
  );
}
