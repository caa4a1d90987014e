import { basename } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { openInput } from '../../../activities/media/ffmpeg/open-input.ts';
import { runFfmpeg } from '../../../activities/media/ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../../../activities/media/media-tools.ts';
import type { MediaType } from '../../../storage/sniff.ts';

export interface Picture {
  readonly mediaType: MediaType;
  readonly width: number;
  readonly height: number;
}

/**
 * Decodes a still from its first to its last byte, so that neither an error page nor a cut-off body counts as one.
 *
 * @throws BeatreelFailure `MediaToolFailed` when it is not a whole PNG, JPEG or WebP
 */
export async function probePicture(
  tools: MediaTools,
  file: string,
  { signal, onProgress }: MediaRun = {},
): Promise<Picture> {
  const { mediaType, args } = await openInput(file, 'picture');
  const task = `decode the still ${basename(file)}`;
  const { stdout } = await runFfmpeg(tools, {
    task,
    // ffprobe builds without a PNG decoder exist, so ffmpeg tells the size: the checksum listing's header has it.
    args: ['-err_detect', 'explode', ...args, '-map', '0:v:0', '-frames:v', '1', '-f', 'framecrc', 'pipe:1'],
    signal,
    onProgress,
  });
  const size = /^#dimensions 0: (\d+)x(\d+)$/m.exec(stdout);
  const hasFrame = /^0,/m.test(stdout);
  if (size === null || !hasFrame) {
    throw new BeatreelFailure('MediaToolFailed', `Could not ${task}: it holds no picture`);
  }
  return { mediaType, width: Number(size[1]), height: Number(size[2]) };
}
