import type { MediaRun, MediaTools } from '../media-tools.ts';
import { probeMedia } from '../probe.ts';
import { sampleRate } from '../video-format.ts';

/** Counts the samples of a sound that we made. @param file at 48 kHz */
export async function countSamples(tools: MediaTools, file: string, { signal }: MediaRun): Promise<number> {
  const { durationSeconds } = await probeMedia(tools, file, { expected: 'sound', signal });
  return Math.round(durationSeconds * sampleRate);
}
