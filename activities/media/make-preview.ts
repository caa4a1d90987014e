import { join } from 'node:path';

import type { AspectRatio } from '../../domain/brief.ts';
import { framesPerSecond } from '../../domain/chunks.ts';
import type { FrameSize } from '../../domain/frame-size.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import { assembleVideo } from './assemble-video.ts';
import { joinClips } from './join-clips.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import { pictureEncoding, withoutMetadata } from './video-format.ts';

export interface PreviewRequest extends MediaRun {
  /** In screen order, each with its length at 24 frames a second. At least one. */
  readonly stills: readonly { readonly picture: string; readonly frameCount: number }[];
  /** The score as `fitScore` made it. Absent: a preview without sound. */
  readonly score?: string | undefined;
  /** The score's track as `masterSound` made it. Default: made here. */
  readonly track?: string | undefined;
  readonly aspectRatio: AspectRatio;
  /** MP4. */
  readonly output: string;
}

/** Frame sizes of a preview, in square pixels; all even, and small enough to be sent around. */
export const previewSizes: Readonly<Record<AspectRatio, FrameSize>> = {
  '16:9': { width: 854, height: 480 },
  '9:16': { width: 480, height: 854 },
  '1:1': { width: 480, height: 480 },
};

/** How far a beat zooms from its first frame to its last, as a share; in and out by turns. */
const travel = 0.1;

/**
 * The zoom runs on a picture of four times the size, because ffmpeg's zoom steps by whole pixels. Measured with
 * tracked dots (2026-11, 720p, 120 frames): 0.27 px of jitter on the picture as it is, 0.07 px at four times.
 */
const enlarged = 4;

/**
 * Moves stills slowly, joins them, and puts the score under them: rhythm and length of a video, at no cost.
 *
 * @throws BeatreelFailure `MediaToolFailed`
 */
export async function makePreview(tools: MediaTools, request: PreviewRequest): Promise<void> {
  const { stills, score, track, output, signal } = request;
  await withScratchFolder(output, async (folder) => {
    const inputs: string[] = [];
    for (const [index, still] of stills.entries()) {
      const clip = join(folder, `still-${index}.mp4`);
      await moveStill(tools, request, { ...still, index, clip });
      inputs.push(clip);
    }
    const frameCount = stills.reduce((sum, still) => sum + still.frameCount, 0);
    const cut = join(folder, 'cut.mp4');
    await joinClips(tools, { inputs, output: cut, expectedFrames: frameCount, signal });
    await assembleVideo(tools, { cut, score, track, sounds: [], output, frameCount, signal });
  });
}

interface Move {
  readonly picture: string;
  readonly frameCount: number;
  /** 0-based. */
  readonly index: number;
  readonly clip: string;
}

async function moveStill(
  tools: MediaTools,
  { aspectRatio, signal, onProgress }: PreviewRequest,
  { picture, frameCount, index, clip }: Move,
): Promise<void> {
  const { args } = await openInput(picture, 'picture');
  const { width, height } = previewSizes[aspectRatio];
  const [wide, high] = [width * enlarged, height * enlarged];
  const way = `on/${Math.max(1, frameCount - 1)}`;
  const zoom = index % 2 === 0 ? `1+${travel}*${way}` : `1+${travel}*(1-${way})`;
  const filters = [
    `scale=${wide}:${high}:force_original_aspect_ratio=increase:flags=bicubic:out_color_matrix=bt709:out_range=tv`,
    `crop=${wide}:${high}`,
    'setsar=1',
    `zoompan=z='${zoom}':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2':d=${frameCount}:s=${width}x${height}:fps=${framesPerSecond}`,
    'format=yuv420p',
    'setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv',
  ];
  await runFfmpeg(tools, {
    task: `move still ${index + 1}`,
    args: [
      ...[...args, '-map', '0:v:0', '-vf', filters.join(','), '-frames:v', String(frameCount)],
      ...[...withoutMetadata, ...pictureEncoding, '-f', 'mp4', fileAddress(clip)],
    ],
    signal,
    onProgress,
  });
}
