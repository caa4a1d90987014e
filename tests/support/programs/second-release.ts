import { sleep } from '@temporalio/workflow';

import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

export { hostAccount } from '../../../workflows/account/host-account.ts';

/** A release that starts a timer first: no run of the first one replays in it. Its run answers queries at once. */
export async function generateVideo(input: unknown, handedOver?: unknown): Promise<unknown> {
  sleep('10 milliseconds').catch(() => undefined);
  return generateSoundVideo(input, handedOver);
}
