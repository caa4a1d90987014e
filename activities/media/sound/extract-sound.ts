import { basename } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { probeMedia } from '../probe.ts';
import { sampleRate, samplesPerFrame, soundEncoding, withoutMetadata } from '../video-format.ts';
import { exactLength } from './exact-length.ts';
import { fillsHoles } from './fills-holes.ts';

export interface SoundExtraction extends MediaRun {
  readonly input: string;
  /** The caller's scratch file, written in place. */
  readonly output: string;
  /** When the source's first picture is shown, on the source's own clock. Sound before it is dropped. */
  readonly pictureStartSeconds: number;
  readonly frameCount: number;
  /** The speed of the sound, where the whole picture is slowed: 0.5 to 1. Default: 1. */
  readonly tempo?: number | undefined;
  /** Whether sound that cannot be decoded becomes silence. Default: false, and such sound is refused. */
  readonly passesDamage?: boolean;
}

/**
 * Takes the first sound track of a source as FLAC, 48 kHz stereo, of exactly as many samples as `frameCount` frames
 * last, so that its first sample belongs to the first picture. Gaps and a missing end are silence.
 */
export async function extractSound(tools: MediaTools, extraction: SoundExtraction): Promise<void> {
  const { input, output, pictureStartSeconds, frameCount, tempo, passesDamage, signal, onProgress } =
    extraction;
  const { args } = await openInput(input, 'footage');
  const sampleCount = frameCount * samplesPerFrame;
  const filter = [
    `asetpts=PTS-${pictureStartSeconds}/TB`,
    `aresample=${sampleRate}:async=1:first_pts=0${passesDamage === true ? fillsHoles : ''}`,
    'aformat=sample_fmts=s32:channel_layouts=stereo',
    ...(tempo === undefined ? [] : [`atempo=${tempo.toFixed(6)}`]),
    exactLength(frameCount),
  ].join(',');
  const task = `take the sound of ${basename(input)}`;
  await runFfmpeg(tools, {
    task,
    // Keeps the source's own clock; otherwise both tracks would be moved by the earlier start of the two.
    args: [
      '-copyts',
      ...args,
      '-map',
      '0:a:0',
      '-af',
      filter,
      ...withoutMetadata,
      ...soundEncoding,
      fileAddress(output),
    ],
    passesDamage,
    signal,
    onProgress,
  });
  const { durationSeconds } = await probeMedia(tools, output, { expected: 'sound', signal });
  const madeSamples = Math.round(durationSeconds * sampleRate);
  if (madeSamples !== sampleCount) {
    throw new BeatreelFailure(
      'MediaToolFailed',
      `Could not ${task}: ${madeSamples} samples were made where ${sampleCount} are needed`,
    );
  }
}
