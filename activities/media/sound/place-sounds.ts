import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { sampleRate, samplesPerFrame, workEncoding } from '../video-format.ts';
import { exactLength } from './exact-length.ts';

/** A clip's own sound and where it belongs. */
export interface PlacedSound {
  /** As `normaliseClip` made it. */
  readonly file: string;
  /** Frame of the cut at which it starts, 0-based. */
  readonly startFrame: number;
  readonly frameCount: number;
}

export interface PlacementRequest extends MediaRun {
  /** In any order; they must not overlap nor reach beyond the end. At least one. */
  readonly sounds: readonly PlacedSound[];
  /** WAV, the caller's scratch file. */
  readonly output: string;
  /** Frames of the whole timeline. */
  readonly frameCount: number;
}

/**
 * Lays sounds out on one track as long as the cut, each at its exact sample, with silence between them.
 *
 * @throws BeatreelFailure `InvalidRequest` when they overlap or reach beyond the end
 */
export async function placeSounds(tools: MediaTools, request: PlacementRequest): Promise<void> {
  const { output, frameCount, signal, onProgress } = request;
  const sounds = request.sounds.toSorted((a, b) => a.startFrame - b.startFrame);
  checkPlaces(sounds, frameCount);
  const inputs = await Promise.all(sounds.map(async ({ file }) => (await openInput(file, 'sound')).args));
  await runFfmpeg(tools, {
    task: `place ${sounds.length} sounds on the timeline`,
    args: [
      ...inputs.flat(),
      ...['-filter_complex', placementGraph(sounds, frameCount), '-map', '[track]'],
      ...[...workEncoding, fileAddress(output)],
    ],
    signal,
    onProgress,
  });
}

function checkPlaces(sounds: readonly PlacedSound[], frameCount: number): void {
  let free = 0;
  for (const { startFrame, frameCount: length } of sounds) {
    const end = startFrame + length;
    if (startFrame < free || length < 1 || end > frameCount) {
      throw new BeatreelFailure(
        'InvalidRequest',
        `Could not place a sound at frames ${startFrame} to ${end}: frames ${free} to ${frameCount} are free`,
      );
    }
    free = end;
  }
}

/** Puts pieces end to end, not sounds on top of each other, so that memory and time do not grow quadratically. */
function placementGraph(sounds: readonly PlacedSound[], frameCount: number): string {
  const pieces: string[] = [];
  let free = 0;
  for (const [index, { startFrame, frameCount: length }] of sounds.entries()) {
    if (startFrame > free) pieces.push(silence(startFrame - free));
    pieces.push(piece(index, length));
    free = startFrame + length;
  }
  if (free < frameCount) pieces.push(silence(frameCount - free));
  const labelled = pieces.map((graph, index) => `${graph}[p${index}];`);
  const labels = pieces.map((_, index) => `[p${index}]`);
  return `${labelled.join('')}${labels.join('')}concat=n=${pieces.length}:v=0:a=1[track]`;
}

const pieceFormat = `aformat=sample_fmts=flt:sample_rates=${sampleRate}:channel_layouts=stereo`;

/** Length of the fade at the edges of a sound, because a wave that is cut off clicks. */
const edgeSamples = 0.005 * sampleRate;

function piece(index: number, frameCount: number): string {
  const samples = frameCount * samplesPerFrame;
  return [
    `[${index}:a:0]aresample=${sampleRate}`,
    pieceFormat,
    exactLength(frameCount),
    `afade=t=in:ns=${edgeSamples}`,
    `afade=t=out:ss=${samples - edgeSamples}:ns=${edgeSamples}`,
  ].join(',');
}

function silence(frameCount: number): string {
  const source = `anullsrc=channel_layout=stereo:sample_rate=${sampleRate}`;
  return `${source},${pieceFormat},atrim=end_sample=${frameCount * samplesPerFrame}`;
}
