import { basename, join } from 'node:path';

import type { AspectRatio } from '../../domain/brief.ts';
import { framesPerSecond } from '../../domain/chunks.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { makePastDamage } from './damage/make-past-damage.ts';
import { measurePicture, measureSound } from './damage/measure-damage.ts';
import { addDamage, type Damage } from './damage/tolerated-damage.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import { frameFilter } from './footage/frame-filter.ts';
import { describeShortage, keptFramesFilter } from './footage/kept-frames.ts';
import { probeFootage } from './footage/probe-footage.ts';
import { sourceColors } from './footage/source-colors.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import type { VideoStream } from './probe.ts';
import { extractSound } from './sound/extract-sound.ts';
import { frameSizes, pictureEncoding, withoutMetadata, type FrameSize } from './video-format.ts';

export interface ClipRequest extends MediaRun {
  /** A chunk as the model host made it: MP4, QuickTime, WebM or Matroska, any size, rate and time base. */
  readonly input: string;
  /** The clip, MP4. */
  readonly output: string;
  /** The clip's own sound, FLAC. Written only when there is some. */
  readonly soundOutput: string;
  /** How much of the chunk is kept, from its first frame. At least 1. */
  readonly frameCount: number;
  readonly aspectRatio: AspectRatio;
  /** Default: the 1080p class of `aspectRatio`. */
  readonly size?: FrameSize;
}

export interface Clip {
  readonly frameCount: number;
  readonly durationSeconds: number;
  /** Whether `soundOutput` was written. */
  readonly hasSound: boolean;
  /** What of the chunk was damaged and made good. */
  readonly damage: Damage;
}

/**
 * Turns a chunk into a clip: exactly `frameCount` frames in the video's own format, pictures only, and its sound
 * beside it, of exactly the same length. Same input, same bytes. A damaged frame shows what the frame before it shows,
 * lost sound is silence, both in place.
 *
 * @throws BeatreelFailure `MediaToolFailed` when more of the chunk is damaged than `toleratedDamage`, or it is more than
 * 0.25 s short
 */
export async function normaliseClip(tools: MediaTools, request: ClipRequest): Promise<Clip> {
  const { input, output, soundOutput, frameCount, signal, onProgress } = request;
  const { picture, sound } = await probeFootage(tools, input, { signal });
  const task = `normalise ${basename(input)}`;
  return withScratchFolder(output, async (folder) => {
    const clip = join(folder, 'clip.mp4');
    const clipSound = join(folder, 'sound.flac');
    const filter = frameFilter(picture, sizeOf(request), await sourceColors(tools, picture));
    const pictureDamage = await makePastDamage({
      task,
      make: (passesDamage) => encodePicture(tools, request, { picture, filter, clip, passesDamage }),
      measure: () => measurePicture(tools, input, { picture, signal }),
    });
    await checkFrames(tools, request, clip);
    if (sound === undefined) {
      await moveIntoPlace(clip, output);
      return toClip(request, { hasSound: false, damage: pictureDamage });
    }
    const run = { input, frameCount, signal, onProgress, pictureStartSeconds: picture.startSeconds };
    const soundDamage = await makePastDamage({
      task,
      make: (passesDamage) => extractSound(tools, { ...run, output: clipSound, passesDamage }),
      measure: () => measureSound(tools, input, { sound, signal }),
    });
    await moveIntoPlace(clipSound, soundOutput);
    await moveIntoPlace(clip, output);
    return toClip(request, { hasSound: true, damage: addDamage(pictureDamage, soundDamage) });
  });
}

function toClip({ frameCount }: ClipRequest, made: Pick<Clip, 'hasSound' | 'damage'>): Clip {
  return { frameCount, durationSeconds: frameCount / framesPerSecond, ...made };
}

function sizeOf({ size, aspectRatio }: ClipRequest): FrameSize {
  return size ?? frameSizes[aspectRatio];
}

interface PictureWork {
  readonly picture: VideoStream;
  readonly filter: string;
  readonly clip: string;
  readonly passesDamage: boolean;
}

async function encodePicture(
  tools: MediaTools,
  { input, frameCount, signal, onProgress }: ClipRequest,
  { picture, filter, clip, passesDamage }: PictureWork,
): Promise<void> {
  const { args } = await openInput(input, 'footage');
  await runFfmpeg(tools, {
    task: `normalise ${basename(input)}`,
    args: [
      ...args,
      ...['-map', `0:${picture.index}`, '-vf', `${keptFramesFilter(frameCount)},${filter}`],
      ...[...withoutMetadata, ...pictureEncoding, '-f', 'mp4', fileAddress(clip)],
    ],
    passesDamage,
    signal,
    onProgress,
  });
}

async function checkFrames(
  tools: MediaTools,
  { input, frameCount, signal }: ClipRequest,
  clip: string,
): Promise<void> {
  const { picture } = await probeFootage(tools, clip, { signal });
  if (picture.frameCount === frameCount) return;
  throw new BeatreelFailure(
    'MediaToolFailed',
    `Could not normalise ${basename(input)}: ${describeShortage(picture.frameCount ?? 0, frameCount)}`,
    { details: { madeFrames: picture.frameCount ?? 0, wantedFrames: frameCount } },
  );
}
