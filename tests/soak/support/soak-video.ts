import { setTimeout as pause } from 'node:timers/promises';

import type { WorkflowHandle } from '@temporalio/client';

import type { CountedPrediction } from '../../../workers/dev/stand-in/control/counters.ts';
import { generateVideoType, orchestratorQueue } from '../../../workflows/messages.ts';
import { soakBrief } from './soak-brief.ts';
import type { SoakStack } from './soak-stack.ts';

/** Starts a video of the soak; Temporal must be running. */
export async function startSoakVideo({ client }: SoakStack, videoId: string): Promise<WorkflowHandle> {
  return client.workflow.start(generateVideoType, {
    workflowId: videoId,
    taskQueue: orchestratorQueue,
    args: [soakBrief(videoId)],
  });
}

/** Waits for its end, also while Temporal is down. @returns the name of its status, or `RUNNING` when time is up */
export async function waitForEnd(handle: WorkflowHandle, limitMs: number): Promise<string> {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const status = await handle.describe().then(
      (description) => description.status.name,
      () => 'RUNNING',
    );
    if (status !== 'RUNNING' || performance.now() > deadline) return status;
    await pause(250);
  }
}

/** The predictions that the host accepted for one video. */
export async function predictionsOf(
  { standIn }: SoakStack,
  videoId: string,
  startedAtMs: number,
): Promise<CountedPrediction[]> {
  const { predictions } = await standIn.counters();
  // The score's prompt names no video, but only one video is made at a time.
  return predictions.filter(
    ({ createdAtMs, kind, input }) =>
      createdAtMs >= startedAtMs && (kind === 'score' || String(input['prompt']).includes(videoId)),
  );
}
