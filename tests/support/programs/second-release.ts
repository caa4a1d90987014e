import { sleep } from '@temporalio/workflow';

import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

export { hostAccount } from '../../../workflows/account/host-account.ts';

/** A release that waits a moment before it begins: no run of the first one replays in it. */
export async function generateVideo(input: unknown, handedOver?: unknown): Promise<unknown> {
  await sleep('10 milliseconds');
  return generateSoundVideo(input, handedOver);
}
