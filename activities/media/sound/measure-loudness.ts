import { basename } from 'node:path';

import { openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';

export interface LoudnessRequest extends MediaRun {
  /** A sound, or footage with one. */
  readonly input: string;
}

/** The loudness of the whole first sound track, by EBU R 128. */
export interface Loudness {
  /** Gated. Undefined when there is nothing to measure: silence, or less than 0.4 s. */
  readonly integratedLufs: number | undefined;
  /** True peak of the louder channel, peaks between the samples included. Undefined for digital silence. */
  readonly truePeakDbtp: number | undefined;
}

/** A quieter track is room noise and keeps its level. */
export const nearSilenceLufs = -50;

/** Measures how loud a sound is, to a tenth of a decibel. */
export async function measureLoudness(
  tools: MediaTools,
  { input, signal, onProgress }: LoudnessRequest,
): Promise<Loudness> {
  const { args } = await openInput(input, 'sound');
  const { stderr } = await runFfmpeg(tools, {
    task: `measure the loudness of ${basename(input)}`,
    args: [...args, '-map', '0:a:0', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null', 'pipe:1'],
    signal,
    onProgress,
  });
  const integrated = readLast(stderr, /\bI:\s+(\S+) LUFS/g);
  return {
    integratedLufs: integrated === undefined || integrated <= gateLufs ? undefined : integrated,
    truePeakDbtp: readLast(stderr, /\bPeak:\s+(\S+) dBFS/g),
  };
}

/** The absolute gate of R 128, reported when no sound passed it. */
const gateLufs = -70;

function readLast(text: string, pattern: RegExp): number | undefined {
  const value = Number([...text.matchAll(pattern)].at(-1)?.[1]);
  return Number.isFinite(value) ? value : undefined;
}
