import { symlink, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { framesPerSecond } from '../../domain/chunks.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { fileAddress } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import { checkJoinable } from './footage/check-joinable.ts';
import { probeFootage } from './footage/probe-footage.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import { exactClock, trackTimescale, withoutMetadata } from './video-format.ts';

export interface JoinRequest extends MediaRun {
  /** Clips as `normaliseClip` made them, in screen order. At least one. */
  readonly inputs: readonly string[];
  /** The cut, MP4, without sound. */
  readonly output: string;
  /** The sum of the clips' frames. */
  readonly expectedFrames: number;
}

/**
 * Joins clips into the cut by copying, without encoding anything anew.
 *
 * ffmpeg joins clips of different formats with exit code 0 and a broken result, so clips are compared before and
 * the result is counted after.
 *
 * @throws BeatreelFailure `MediaToolFailed` naming the odd clip by its 1-based place, or both frame counts
 */
export async function joinClips(tools: MediaTools, request: JoinRequest): Promise<void> {
  const { inputs, output, signal, onProgress } = request;
  await checkJoinable(tools, inputs, { signal });
  await withScratchFolder(output, async (folder) => {
    const list = await writeList(folder, inputs);
    const cut = join(folder, 'cut.mp4');
    await runFfmpeg(tools, {
      task: `join ${inputs.length} clips into ${basename(output)}`,
      args: [
        ...['-f', 'concat', '-safe', '1', '-protocol_whitelist', 'file,pipe,fd'],
        ...['-format_whitelist', 'concat,mov', '-i', fileAddress(list)],
        ...['-map', '0:v:0', '-c', 'copy', ...withoutMetadata],
        ...['-video_track_timescale', String(trackTimescale), ...exactClock, '-f', 'mp4', fileAddress(cut)],
      ],
      signal,
      onProgress,
    });
    await checkCut(tools, cut, request);
    await moveIntoPlace(cut, output);
  });
}

/** Links clips under names of our own, so that no part of a caller's path enters the list that ffmpeg reads. */
async function writeList(folder: string, inputs: readonly string[]): Promise<string> {
  const names = inputs.map((_, index) => `clip-${String(index + 1).padStart(5, '0')}.mp4`);
  await Promise.all(names.map((name, index) => symlink(resolve(inputs[index] ?? ''), join(folder, name))));
  const list = join(folder, 'clips.txt');
  await writeFile(list, names.map((name) => `file ${name}\n`).join(''));
  return list;
}

async function checkCut(
  tools: MediaTools,
  cut: string,
  { output, expectedFrames, signal }: JoinRequest,
): Promise<void> {
  const { picture, streamCount } = await probeFootage(tools, cut, { signal });
  const expectedSeconds = expectedFrames / framesPerSecond;
  const isWhole =
    picture.frameCount === expectedFrames &&
    Math.abs(picture.durationSeconds - expectedSeconds) < 0.001 &&
    streamCount === 1;
  if (isWhole) return;
  throw new BeatreelFailure(
    'MediaToolFailed',
    `Could not join clips into ${basename(output)}: the cut has ${picture.frameCount ?? 0} frames, ` +
      `${picture.durationSeconds} s and ${streamCount} tracks; expected ${expectedFrames} frames, ` +
      `${expectedSeconds} s and 1 track`,
    { details: { madeFrames: picture.frameCount ?? 0, expectedFrames } },
  );
}
