import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { framesPerSecond } from '../../domain/chunks.ts';
import type { ShortClipPolicy } from '../../domain/brief.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { makePastDamage } from './damage/make-past-damage.ts';
import { measurePicture } from './damage/measure-damage.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import { keptFramesFilter, mostMissingFrames } from './footage/kept-frames.ts';
import { probeFootage } from './footage/probe-footage.ts';
import { sourceColors } from './footage/source-colors.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import { withoutMetadata } from './video-format.ts';

export interface LastKeptFrameRequest extends MediaRun {
  /** A chunk as the model host made it. */
  readonly input: string;
  /** PNG. */
  readonly output: string;
  /** As given to `normaliseClip` for the same chunk. */
  readonly frameCount: number;
  /** As given to `normaliseClip` for the same chunk. Default: `refuse`. */
  readonly shortClips?: ShortClipPolicy;
}

/**
 * Writes the very frame that `normaliseClip` shows last, in the source's own size, for the next chunk to start from.
 *
 * @throws BeatreelFailure `MediaToolFailed` when more of the source is damaged than `toleratedDamage`; `ClipTooShort`
 *   when it lacks more than `shortClips` allows to fill
 */
export async function extractLastKeptFrame(tools: MediaTools, request: LastKeptFrameRequest): Promise<void> {
  const { input, output, frameCount, shortClips = 'refuse', signal, onProgress } = request;
  const { picture } = await probeFootage(tools, input, { signal });
  const { args } = await openInput(input, 'footage');
  const colors = await sourceColors(tools, picture);
  const filter = [
    keptFramesFilter(frameCount, { holdFrames: mostMissingFrames(shortClips, frameCount) }),
    `trim=start_frame=${frameCount - 1}`,
    ...colors.filters,
    // Models assume square pixels.
    `scale=w=trunc(iw*max(sar\\,1)/2)*2:h=trunc(ih/min(sar\\,1)/2)*2:in_color_matrix=${colors.matrix}:out_range=pc:flags=bicubic+accurate_rnd+full_chroma_int`,
    ...['setsar=1', 'format=rgb24'],
  ].join(',');
  await withScratchFolder(output, async (folder) => {
    const frame = join(folder, 'frame.png');
    const task = `take the last kept frame of ${basename(input)}`;
    await makePastDamage({
      task,
      make: (passesDamage) =>
        runFfmpeg(tools, {
          task,
          args: [
            ...[...args, '-map', `0:${picture.index}`, '-vf', filter, '-frames:v', '1', ...withoutMetadata],
            ...['-c:v', 'png', '-f', 'image2pipe', fileAddress(frame)],
          ],
          passesDamage,
          signal,
          onProgress,
        }),
      measure: () => measurePicture(tools, input, { picture, signal }),
    });
    await checkMade(frame, request);
    await moveIntoPlace(frame, output);
  });
}

/** ffmpeg exits with 0 and leaves an empty file when the source has no such frame. */
async function checkMade(
  frame: string,
  { input, frameCount, shortClips = 'refuse' }: LastKeptFrameRequest,
): Promise<void> {
  const { size } = await stat(frame).catch(() => ({ size: 0 }));
  if (size > 0) return;
  throw new BeatreelFailure(
    failureTypes.clipTooShort,
    `Could not take the last kept frame of ${basename(input)}: it is more than ` +
      `${(mostMissingFrames(shortClips, frameCount) / framesPerSecond).toFixed(2)} s shorter than the ` +
      `${(frameCount / framesPerSecond).toFixed(3)} s (${frameCount} frames) that are needed`,
  );
}
