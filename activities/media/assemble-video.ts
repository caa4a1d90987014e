import { join } from 'node:path';

import { framesPerSecond } from '../../domain/chunks.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import { muxVideo } from './footage/mux-video.ts';
import { probeFootage } from './footage/probe-footage.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import type { Loudness } from './sound/measure-loudness.ts';
import { masterSound } from './sound/master-sound.ts';
import { mixSound } from './sound/mix-sound.ts';
import { placeSounds, type PlacedSound } from './sound/place-sounds.ts';

export interface AssembleRequest extends MediaRun {
  /** The cut as `joinClips` made it. */
  readonly cut: string;
  /** The score as `fitScore` made it. */
  readonly score?: string | undefined;
  /** The score's track as `masterSound` made it; used only where there are no sounds. Default: made here. */
  readonly track?: string | undefined;
  /** The clips' own sounds. May be empty. */
  readonly sounds: readonly PlacedSound[];
  /** The video, MP4. */
  readonly output: string;
  /** Frames of the cut. */
  readonly frameCount: number;
}

export interface AssembledVideo {
  /** Length of the picture. */
  readonly durationSeconds: number;
  readonly frameCount: number;
  /** Measured on the track made here. Absent when none was made, or it is too quiet or short to measure. */
  readonly integratedLufs?: number | undefined;
  readonly truePeakDbtp?: number | undefined;
}

/**
 * Makes the video of the cut, the score and the clips' own sounds. The picture is copied, not encoded.
 *
 * Without score and sounds the video has no audio track at all: a silent one would make players show a volume
 * control that does nothing.
 *
 * @throws BeatreelFailure `MediaToolFailed`; `InvalidRequest` when sounds overlap or reach beyond the cut
 */
export async function assembleVideo(tools: MediaTools, request: AssembleRequest): Promise<AssembledVideo> {
  const { cut, output, frameCount, signal, onProgress } = request;
  await checkCut(tools, request);
  return withScratchFolder(output, async (folder) => {
    const { track, ...loudness } = await makeTrack(tools, request, folder);
    const video = join(folder, 'video.mp4');
    await muxVideo(tools, { frameCount, signal, onProgress, cut, track, output: video });
    await moveIntoPlace(video, output);
    return { durationSeconds: frameCount / framesPerSecond, frameCount, ...loudness };
  });
}

async function makeTrack(
  tools: MediaTools,
  request: AssembleRequest,
  folder: string,
): Promise<Partial<Loudness> & { readonly track?: string }> {
  const { track, sounds, frameCount, signal, onProgress } = request;
  if (track !== undefined && sounds.length === 0) return { track };
  const input = await makeMix(tools, request, folder);
  if (input === undefined) return {};
  const output = join(folder, 'track.mp4');
  const loudness = await masterSound(tools, { input, output, frameCount, signal, onProgress });
  return { track: output, ...loudness };
}

async function checkCut(tools: MediaTools, { cut, frameCount, signal }: AssembleRequest): Promise<void> {
  const { picture } = await probeFootage(tools, cut, { signal });
  if (picture.frameCount === frameCount) return;
  throw new BeatreelFailure(
    'MediaToolFailed',
    `Could not finish the video: the cut has ${picture.frameCount ?? 0} frames, expected ${frameCount}`,
  );
}

/** The sound to master, undefined when there is none. */
async function makeMix(
  tools: MediaTools,
  { score, sounds, frameCount, signal, onProgress }: AssembleRequest,
  folder: string,
): Promise<string | undefined> {
  if (sounds.length === 0) return score;
  const native = join(folder, 'native.wav');
  await placeSounds(tools, { sounds, output: native, frameCount, signal, onProgress });
  if (score === undefined) return native;
  const output = join(folder, 'mix.wav');
  await mixSound(tools, { score, native, output, frameCount, signal, onProgress });
  return output;
}
