import { sleep } from '@temporalio/workflow';

import { generateVideo as generateSoundVideo } from '../../../workflows/generate-video.ts';

/** A video that waits before it begins. */
export async function generateVideo(input: unknown): Promise<unknown> {
  await sleep('1 second');
  return generateSoundVideo(input);
}
