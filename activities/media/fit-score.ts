import { basename, join } from 'node:path';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { fileAddress, openInput } from './ffmpeg/open-input.ts';
import { runFfmpeg } from './ffmpeg/run-ffmpeg.ts';
import { moveIntoPlace, withScratchFolder } from './ffmpeg/with-scratch-folder.ts';
import type { MediaRun, MediaTools } from './media-tools.ts';
import { probeMedia } from './probe.ts';
import { cutLoop, type Loop } from './sound/cut-loop.ts';
import { sampleRate, soundEncoding, withoutMetadata, workEncoding } from './video-format.ts';

export interface FitScoreRequest extends MediaRun {
  /** The music as its host made it: MP3, WAV, FLAC, AAC, Ogg, or the sound of an MP4 or WebM. */
  readonly input: string;
  /** FLAC. */
  readonly output: string;
  /** Of the video. */
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
 * @throws BeatreelFailure `MediaToolFailed` when it cannot be decoded or holds next to nothing
 */
export async function fitScore(tools: MediaTools, request: FitScoreRequest): Promise<void> {
  const wanted = Math.round(request.durationSeconds * sampleRate);
  const run = { signal: request.signal, onProgress: request.onProgress };
  await withScratchFolder(request.output, async (folder) => {
    const music = join(folder, 'music.wav');
    const available = await decode(tools, request, { music, wanted });
    const fitted = join(folder, 'fitted.flac');
    const loop =
      available < wanted
        ? await cutLoop(tools, { ...run, music, available, output: join(folder, 'loop.wav') })
        : undefined;
    await write(tools, request, { music, loop, wanted, output: fitted });
    await checkLength(tools, request, { fitted, wanted });
    await moveIntoPlace(fitted, request.output);
  });
}

const shortestMusicSamples = sampleRate / 2;
/** MP3 decodes beyond full scale, and at a seam two passages sound at once. The master sets the level anyway. */
const headroom = 'volume=-3dB';

const musicFormat = `aresample=${sampleRate},aformat=sample_fmts=flt:channel_layouts=stereo,${headroom}`;

/** @returns how many samples there are, `wanted` at most */
async function decode(
  tools: MediaTools,
  { input, signal, onProgress }: FitScoreRequest,
  { music, wanted }: { readonly music: string; readonly wanted: number },
): Promise<number> {
  const { args } = await openInput(input, 'sound');
  await runFfmpeg(tools, {
    task: `decode the score ${basename(input)}`,
    args: [
      ...args,
      '-map',
      '0:a:0',
      '-af',
      `${musicFormat},atrim=end_sample=${wanted}`,
      ...workEncoding,
      fileAddress(music),
    ],
    signal,
    onProgress,
  });
  const available = await countSamples(tools, music, { signal });
  if (available < Math.min(wanted, shortestMusicSamples)) {
    throw new BeatreelFailure(
      'MediaToolFailed',
      `Could not use ${basename(input)} as the score: it holds ${available / sampleRate} s of sound`,
    );
  }
  return available;
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

async function countSamples(tools: MediaTools, file: string, { signal }: MediaRun): Promise<number> {
  const { durationSeconds } = await probeMedia(tools, file, { expected: 'sound', signal });
  return Math.round(durationSeconds * sampleRate);
}
