import { workflowInfo } from '@temporalio/workflow';

import { connectActivities } from '../../../workflows/activities.ts';
import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

export { hostAccount } from '../../../workflows/account/host-account.ts';

/** A release with one step more, and without the wait of the second one: it replays no run of either. */
export async function generateVideo(input: unknown, handedOver?: unknown): Promise<unknown> {
  const request = { videoId: workflowInfo().workflowId, input, isContinued: handedOver !== undefined };
  await connectActivities().acceptBrief(request, { summary: 'one step more' });
  return generateSoundVideo(input, handedOver);
}
