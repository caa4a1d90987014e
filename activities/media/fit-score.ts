import { basename, join } from 'node:path';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { Damage } from './damage/tolerated-damage.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import { countSamples } from './sound/count-samples.ts';
import { cutLoop, type Loop } from './sound/cut-loop.ts';
import { decodeMusic } from './sound/decode-music.ts';
import { sampleRate, soundEncoding, withoutMetadata } from './video-format.ts';

export interface FitScoreRequest extends MediaRun {
  /** The music as its host made it: MP3, WAV, FLAC, AAC, Ogg, or the sound of an MP4 or WebM. */
  readonly input: string;
  /** FLAC. */
  readonly output: string;
  /** Length of the video. */
  readonly durationSeconds: number;
  /** Default: 0. */
  readonly fadeInSeconds?: number;
  /** Default: 2, or a quarter of the length where that is less. */
  readonly fadeOutSeconds?: number;
}

/**
 * Brings music to the length of the video, to the sample: 48 kHz stereo, trimmed if it is longer, repeated if it is
 * shorter, its end cross-faded into its beginning at every seam.
 *
 * @returns the damaged part of the music, which is silent now
 * @throws BeatreelFailure `MediaToolFailed` when more of it is damaged than `toleratedDamage`, or it is nearly empty
 */
export async function fitScore(tools: MediaTools, request: FitScoreRequest): Promise<Damage> {
  const wanted = Math.round(request.durationSeconds * sampleRate);
  const run = { signal: request.signal, onProgress: request.onProgress };
  return withScratchFolder(request.output, async (folder) => {
    const music = join(folder, 'music.wav');
    const { available, damage } = await decodeMusic(tools, { ...run, input: request.input, music, wanted });
    const fitted = join(folder, 'fitted.flac');
    const loop =
      available < wanted
        ? await cutLoop(tools, { ...run, music, available, output: join(folder, 'loop.wav') })
        : undefined;
    await write(tools, request, { music, loop, wanted, output: fitted });
    await checkLength(tools, request, { fitted, wanted });
    await moveIntoPlace(fitted, request.output);
    return damage;
  });
}

async function write(
  tools: MediaTools,
  request: FitScoreRequest,
  parts: {
    readonly music: string;
    readonly loop: Loop | undefined;
    readonly wanted: number;
    readonly output: string;
  },
): Promise<void> {
  const { music, loop, wanted, output } = parts;
  const { args } = await openInput(music, 'sound');
  const repeated =
    loop === undefined ? [] : ['-stream_loop', '-1', ...(await openInput(loop.file, 'sound')).args];
  const source =
    loop === undefined
      ? '[0:a:0]anull'
      : `[0:a:0]atrim=end_sample=${loop.introSamples}[intro];[intro][1:a:0]concat=n=2:v=0:a=1`;
  await runFfmpeg(tools, {
    task: `fit the score to ${request.durationSeconds} s`,
    args: [
      ...[
        ...args,
        ...repeated,
        '-filter_complex',
        `${source},${ending(request, wanted)}[score]`,
        '-map',
        '[score]',
      ],
      ...[...withoutMetadata, ...soundEncoding, fileAddress(output)],
    ],
    signal: request.signal,
    onProgress: request.onProgress,
  });
}

function ending(
  { durationSeconds, fadeInSeconds = 0, fadeOutSeconds }: FitScoreRequest,
  wanted: number,
): string {
  const fadeIn = Math.round(fadeInSeconds * sampleRate);
  const fadeOut = Math.round((fadeOutSeconds ?? Math.min(2, durationSeconds / 4)) * sampleRate);
  return [
    `atrim=end_sample=${wanted}`,
    'asetpts=N/SR/TB',
    ...(fadeIn > 0 ? [`afade=t=in:ns=${fadeIn}`] : []),
    ...(fadeOut > 0 ? [`afade=t=out:ss=${Math.max(0, wanted - fadeOut)}:ns=${fadeOut}`] : []),
  ].join(',');
}

async function checkLength(
  tools: MediaTools,
  { input, signal }: FitScoreRequest,
  { fitted, wanted }: { readonly fitted: string; readonly wanted: number },
): Promise<void> {
  const made = await countSamples(tools, fitted, { signal });
  if (made === wanted) return;
  throw new BeatreelFailure(
    'MediaToolFailed',
    `Could not fit ${basename(input)} to the video: ${made} samples were made where ${wanted} are needed`,
  );
}
