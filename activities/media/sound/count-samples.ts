import type { MediaRun, MediaTools } from '../media-tools.ts';
import { probeMedia } from '../probe.ts';
import { sampleRate } from '../video-format.ts';

/** How many samples a sound of ours has. @param file at 48 kHz */
export async function countSamples(tools: MediaTools, file: string, { signal }: MediaRun): Promise<number> {
  const { durationSeconds } = await probeMedia(tools, file, { expected: 'sound', signal });
  return Math.round(durationSeconds * sampleRate);
}
