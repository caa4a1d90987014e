import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { isWholePicture } from '../../storage/whole-picture.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import { judgePicture, type PictureChanges, whyUnfit } from './picture/judge-picture.ts';
import { readPictureFacts } from './picture/read-picture-facts.ts';
import { withoutMetadata } from './video-format.ts';

export interface PictureRequest extends MediaRun {
  /** A PNG, JPEG or WebP picture. */
  readonly input: string;
  /** Written only where the picture has to be changed. */
  readonly output: string;
}

export interface PreparedPicture {
  /** Absent where models can have the picture as it is, byte for byte. */
  readonly contentType?: 'image/png' | 'image/jpeg';
  /** Findings for people, in lower case, without a full stop. */
  readonly findings: readonly string[];
}

/** Fails for a picture that cannot be used; the message describes it. */
export class UnfitPicture extends BeatreelFailure {
  constructor(reason: string, cause?: unknown) {
    super(failureTypes.invalidRequest, reason, { cause });
  }
}

/**
 * Checks a person's picture before anything is bought with it. It is decoded whole. A picture that models cannot read,
 * or read differently from people, is changed: turned, made smaller, flattened, brought to 8 bits of RGB, without EXIF
 * data. Any other picture is left as it is, byte for byte.
 *
 * @throws UnfitPicture for one that is cut off, damaged, far too small, too oblong, or animated
 */
export async function preparePicture(tools: MediaTools, request: PictureRequest): Promise<PreparedPicture> {
  const { input, output, signal } = request;
  const bytes = await readFile(input);
  const facts = readPictureFacts(bytes);
  if (!facts) throw new UnfitPicture('the picture is cut off or damaged: its headers cannot be read');
  const reason =
    whyUnfit(facts) ?? (isWholePicture(bytes) ? undefined : 'the picture is cut off: its end is missing');
  if (reason !== undefined) throw new UnfitPicture(reason);
  const changes = judgePicture(facts, bytes.byteLength);
  if (!changes.isRewritten) {
    await decode(tools, request, ['-f', 'null', '-']);
    return { findings: changes.findings };
  }
  return withScratchFolder(output, async (folder) => {
    const filter = filters(changes, facts.orientation);
    if (facts.format === 'png') {
      const png = join(folder, 'picture.png');
      const format = ['-vf', `${filter},format=rgb24`, '-c:v', 'png'];
      await decode(tools, request, [...format, ...onePicture, fileAddress(png)]);
      if ((await stat(png)).size <= mostPngBytes) {
        await moveIntoPlace(png, output);
        return { contentType: 'image/png', findings: changes.findings };
      }
    }
    const jpeg = join(folder, 'picture.jpg');
    const format = ['-vf', `${filter},format=yuvj444p`, '-c:v', 'mjpeg', '-q:v', '2'];
    await decode(tools, { input, signal }, [...format, ...onePicture, fileAddress(jpeg)]);
    await moveIntoPlace(jpeg, output);
    return { contentType: 'image/jpeg', findings: changes.findings };
  });
}

/** A photograph in a PNG is many times a JPEG of it. */
const mostPngBytes = 2 * 1024 * 1024;

const onePicture = [...withoutMetadata, '-f', 'image2pipe'] as const;

async function decode(
  tools: MediaTools,
  { input, signal }: Pick<PictureRequest, 'input' | 'signal'>,
  output: readonly string[],
): Promise<void> {
  const opened = await openInput(input, 'picture');
  try {
    await runFfmpeg(tools, {
      task: `read ${basename(input)}`,
      // Any sign of damage counts, because missing parts show grey.
      args: [
        '-err_detect',
        'explode',
        '-noautorotate',
        ...opened.args,
        '-map',
        '0:v:0',
        '-frames:v',
        '1',
        ...output,
      ],
      signal,
    });
  } catch (cause) {
    throw isVerdict(cause)
      ? new UnfitPicture('the picture is cut off or damaged: not all of it can be read', cause)
      : cause;
  }
}

/** A program that did not start, hung or was killed says nothing about the picture. */
function isVerdict(cause: unknown): boolean {
  return (
    cause instanceof BeatreelFailure &&
    cause.type === failureTypes.mediaToolFailed &&
    !isKilled(cause.details)
  );
}

function isKilled(details: unknown): boolean {
  return (
    typeof details === 'object' && details !== null && 'exitCode' in details && details.exitCode === null
  );
}

/** Filters by EXIF orientation, 2 to 8 (CIPA DC-008, 4.6.4 A). */
const turns: Readonly<Record<number, readonly string[]>> = {
  2: ['hflip'],
  3: ['hflip', 'vflip'],
  4: ['vflip'],
  5: ['transpose=cclock_flip'],
  6: ['transpose=clock'],
  7: ['transpose=clock_flip'],
  8: ['transpose=cclock'],
};

/** Draws white through a table of colours, because `drawbox` of ffmpeg 5.1 crashes on RGBA pictures. */
const onWhite =
  'format=rgba,split[seen][under];[under]lutrgb=r=255:g=255:b=255:a=255[white];[white][seen]overlay=format=gbrp';

function filters({ isFlattened, longestSide }: PictureChanges, orientation: number): string {
  return [
    // Removes EXIF, and colour profiles that do not fit the result.
    'sidedata=mode=delete',
    ...(isFlattened ? [onWhite] : []),
    ...(turns[orientation] ?? []),
    ...(longestSide === undefined
      ? []
      : [
          `scale=${longestSide}:${longestSide}:force_original_aspect_ratio=decrease:flags=lanczos+accurate_rnd+full_chroma_int`,
        ]),
    'setsar=1',
  ].join(',');
}
