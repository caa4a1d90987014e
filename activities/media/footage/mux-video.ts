import { basename } from 'node:path';

import { framesPerSecond } from '../../../domain/chunks.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { exactClock, trackTimescale, withoutMetadata } from '../video-format.ts';
import { probeFootage } from './probe-footage.ts';

export interface MuxRequest extends MediaRun {
  readonly cut: string;
  /** The encoded audio track. Absent: a video without one. */
  readonly track?: string | undefined;
  /** The video, MP4 that plays while it loads; the caller's scratch file. */
  readonly output: string;
  readonly frameCount: number;
}

/**
 * Puts cut and audio track into one file. Both are copied packet by packet; the delay of the audio encoder stays
 * described by the file's edit list, so that sound and picture start together.
 *
 * @throws BeatreelFailure `MediaToolFailed` when the result lacks frames, or its tracks are not as expected
 */
export async function muxVideo(tools: MediaTools, request: MuxRequest): Promise<void> {
  const { cut, track, output, signal, onProgress } = request;
  const picture = await openInput(cut, 'footage');
  const sound = track === undefined ? undefined : await openInput(track, 'sound');
  await runFfmpeg(tools, {
    task: `put sound and picture together in ${basename(output)}`,
    args: [
      ...[...picture.args, ...(sound?.args ?? []), '-map', '0:v:0'],
      ...(sound === undefined ? [] : ['-map', '1:a:0']),
      ...['-c', 'copy', ...withoutMetadata, '-video_track_timescale', String(trackTimescale), ...exactClock],
      ...['-movflags', '+faststart', '-f', 'mp4', fileAddress(output)],
    ],
    signal,
    onProgress,
  });
  await checkVideo(tools, request);
}

async function checkVideo(
  tools: MediaTools,
  { track, output, frameCount, signal }: MuxRequest,
): Promise<void> {
  const { picture, sound, streamCount } = await probeFootage(tools, output, { signal });
  const seconds = frameCount / framesPerSecond;
  const isNear = (actual: number) => Math.abs(actual - seconds) < 1 / framesPerSecond;
  const isWhole =
    picture.frameCount === frameCount &&
    isNear(picture.durationSeconds) &&
    (track === undefined ? streamCount === 1 : streamCount === 2 && isNear(sound?.durationSeconds ?? 0));
  if (isWhole) return;
  throw new BeatreelFailure(
    'MediaToolFailed',
    `Could not put sound and picture together: the video has ${picture.frameCount ?? 0} frames ` +
      `(${picture.durationSeconds} s), ${sound?.durationSeconds ?? 0} s of sound and ${streamCount} tracks; ` +
      `expected ${frameCount} frames (${seconds} s)`,
  );
}
