import { workflowInfo } from '@temporalio/workflow';

import { connectActivities } from '../../../workflows/activities.ts';
import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

export { hostAccount } from '../../../workflows/account/host-account.ts';

/** A release with one step more, and without the wait of the second one: it replays no run of either. */
export async function generateVideo(input: unknown, handedOver?: unknown): Promise<unknown> {
  const { workflowId: videoId } = workflowInfo();
  const { acceptBrief, openRevision } = connectActivities();
  const label = { summary: 'one step more' };
  if (handedOver === undefined) await acceptBrief({ videoId, input }, label);
  else await openRevision({ videoId, revision: 1 }, label);
  return generateSoundVideo(input, handedOver);
}
