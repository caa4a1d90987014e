import { basename } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { probeMedia, type AudioStream, type VideoStream } from '../probe.ts';

export interface Footage {
  /** The first picture track. */
  readonly picture: VideoStream;
  /** The first sound track, if there is one. */
  readonly sound: AudioStream | undefined;
  readonly streamCount: number;
}

/**
 * Reads a file that must hold pictures in motion.
 *
 * @throws BeatreelFailure `MediaToolFailed` when it holds none
 */
export async function probeFootage(tools: MediaTools, file: string, { signal }: MediaRun): Promise<Footage> {
  const { streams } = await probeMedia(tools, file, { expected: 'footage', signal });
  const picture = streams.find((stream) => stream.type === 'video');
  if (picture === undefined || picture.width === 0 || picture.height === 0) {
    throw new BeatreelFailure(
      'MediaToolFailed',
      `Could not use ${basename(file)} as footage: it holds no picture track (${streams.length} tracks)`,
    );
  }
  const sound = streams.find((stream) => stream.type === 'audio');
  return { picture, sound, streamCount: streams.length };
}
