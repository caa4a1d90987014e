import { basename, join } from 'node:path';

import type { AspectRatio, ShortClipPolicy } from '../../domain/brief.ts';
import { framesPerSecond } from '../../domain/chunks.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { frameSize, type FrameSize, largestShortSide } from '../../domain/frame-size.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { makePastDamage } from './damage/make-past-damage.ts';
import { measurePicture, measureSound } from './damage/measure-damage.ts';
import { addDamage, type Damage } from './damage/tolerated-damage.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import { frameFilter } from './footage/frame-filter.ts';
import {
  chooseStretch,
  describeShortage,
  describeStretch,
  foundOf,
  keptFramesFilter,
  type Stretch,
} from './footage/kept-frames.ts';
import { probeFootage } from './footage/probe-footage.ts';
import { sourceColors } from './footage/source-colors.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import type { VideoStream } from './probe.ts';
import { extractSound } from './sound/extract-sound.ts';
import { pictureEncoding, withoutMetadata } from './video-format.ts';

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
  /** The policy for a source that is more than 0.25 s too short. Default: `refuse`. */
  readonly shortClips?: ShortClipPolicy;
  /** Default: the 1080p class of `aspectRatio`. */
  readonly size?: FrameSize;
}

export interface Clip {
  readonly frameCount: number;
  readonly durationSeconds: number;
  /** Whether `soundOutput` was written. */
  readonly hasSound: boolean;
  /** The damage of the chunk that was repaired. */
  readonly damage: Damage;
  /** A sentence on how a short source was made longer. */
  readonly stretched?: string;
  /** Set when high dynamic range came out grey, because this ffmpeg cannot map it. */
  readonly isRelabelled?: true;
}

/**
 * Turns a chunk into a clip: exactly `frameCount` frames in the video's own format, pictures only, and its sound
 * beside it, of exactly the same length. Same input, same bytes. A damaged frame shows what the frame before it shows,
 * lost sound is silence, both in place.
 *
 * @throws BeatreelFailure `MediaToolFailed` when more of the chunk is damaged than `toleratedDamage`; `ClipTooShort`
 *   when it is more than 0.25 s short, and by more than `shortClips` allows to fill
 */
export async function normaliseClip(tools: MediaTools, request: ClipRequest): Promise<Clip> {
  const { input, output, soundOutput, frameCount, signal, onProgress } = request;
  const { picture, sound } = await probeFootage(tools, input, { signal });
  const task = `normalise ${basename(input)}`;
  return withScratchFolder(output, async (folder) => {
    const clip = join(folder, 'clip.mp4');
    const clipSound = join(folder, 'sound.flac');
    const colors = await sourceColors(tools, picture);
    const filter = frameFilter(picture, sizeOf(request), colors);
    const pictureDamage = await makePastDamage({
      task,
      make: (passesDamage) => encodePicture(tools, request, { picture, filter, clip, passesDamage }),
      measure: () => measurePicture(tools, input, { picture, signal }),
    });
    const made = await countFrames(tools, request, clip);
    const short = made === frameCount ? undefined : stretchOf(request, made);
    if (short) {
      // Damage, if any, was measured and passed by the first run.
      const passesDamage = pictureDamage.frames > 0;
      const { stretch } = short;
      await encodePicture(tools, request, { picture, filter, clip, passesDamage, stretch });
      if ((await countFrames(tools, request, clip)) !== frameCount) throw tooShort(request, made);
    }
    const found = {
      ...(colors.isRelabelled ? { isRelabelled: true as const } : {}),
      ...(short ? { stretched: short.words } : {}),
    };
    if (sound === undefined) {
      await moveIntoPlace(clip, output);
      return toClip(request, { hasSound: false, damage: pictureDamage, ...found });
    }
    const tempo = short?.stretch.fromFrame === 0 ? 1 / short.stretch.factor : undefined;
    const run = { input, frameCount, tempo, signal, onProgress, pictureStartSeconds: picture.startSeconds };
    const soundDamage = await makePastDamage({
      task,
      make: (passesDamage) => extractSound(tools, { ...run, output: clipSound, passesDamage }),
      measure: () => measureSound(tools, input, { sound, signal }),
    });
    await moveIntoPlace(clipSound, soundOutput);
    await moveIntoPlace(clip, output);
    return toClip(request, { hasSound: true, damage: addDamage(pictureDamage, soundDamage), ...found });
  });
}

function toClip({ frameCount }: ClipRequest, made: Omit<Clip, 'frameCount' | 'durationSeconds'>): Clip {
  return { frameCount, durationSeconds: frameCount / framesPerSecond, ...made };
}

function sizeOf({ size, aspectRatio }: ClipRequest): FrameSize {
  return size ?? frameSize(largestShortSide, aspectRatio);
}

interface PictureWork {
  readonly picture: VideoStream;
  readonly filter: string;
  readonly clip: string;
  readonly passesDamage: boolean;
  readonly stretch?: Stretch;
}

async function encodePicture(
  tools: MediaTools,
  { input, frameCount, signal, onProgress }: ClipRequest,
  { picture, filter, clip, passesDamage, stretch }: PictureWork,
): Promise<void> {
  const { args } = await openInput(input, 'footage');
  await runFfmpeg(tools, {
    task: `normalise ${basename(input)}`,
    args: [
      ...args,
      ...['-map', `0:${picture.index}`, '-vf', `${keptFramesFilter(frameCount, { stretch })},${filter}`],
      ...[...withoutMetadata, ...pictureEncoding, '-f', 'mp4', fileAddress(clip)],
    ],
    passesDamage,
    signal,
    onProgress,
  });
}

async function countFrames(tools: MediaTools, { signal }: ClipRequest, clip: string): Promise<number> {
  const { picture } = await probeFootage(tools, clip, { signal });
  return picture.frameCount ?? 0;
}

/** @throws BeatreelFailure `ClipTooShort` where it would need more than the policy allows */
function stretchOf(request: ClipRequest, madeFrames: number): { stretch: Stretch; words: string } {
  const { frameCount, shortClips = 'refuse' } = request;
  const foundFrames = foundOf(madeFrames);
  const stretch = chooseStretch(shortClips, { foundFrames, frameCount });
  if (!stretch) throw tooShort(request, madeFrames);
  return { stretch, words: describeStretch(shortClips, foundFrames, frameCount) };
}

function tooShort({ input, frameCount }: ClipRequest, madeFrames: number): BeatreelFailure {
  return new BeatreelFailure(
    failureTypes.clipTooShort,
    `Could not normalise ${basename(input)}: ${describeShortage(madeFrames, frameCount)}`,
    { details: { madeFrames, wantedFrames: frameCount } },
  );
}
