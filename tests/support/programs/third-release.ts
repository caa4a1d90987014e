import { workflowInfo } from '@temporalio/workflow';

import { connectActivities } from '../../../workflows/activities.ts';
import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

export { hostAccount } from '../../../workflows/account/host-account.ts';

/** A release that begins with one step more, and no timer: it replays no run of the others. It answers queries at once. */
export async function generateVideo(input: unknown, handedOver?: unknown): Promise<unknown> {
  const { workflowId: videoId } = workflowInfo();
  const { acceptBrief, openRevision } = connectActivities();
  const label = { summary: 'one step more' };
  const step: Promise<unknown> =
    handedOver === undefined
      ? acceptBrief({ videoId, input }, label)
      : openRevision({ videoId, revision: 1 }, label);
  step.catch(() => undefined);
  return generateSoundVideo(input, handedOver);
}
