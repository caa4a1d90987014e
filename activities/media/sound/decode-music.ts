import { basename } from 'node:path';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { makePastDamage } from '../damage/make-past-damage.ts';
import { measureSound } from '../damage/measure-damage.ts';
import type { Damage } from '../damage/tolerated-damage.ts';
import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { probeMedia } from '../probe.ts';
import { sampleRate, workEncoding } from '../video-format.ts';
import { countSamples } from './count-samples.ts';
import { fillsHoles } from './fills-holes.ts';

export interface MusicRequest extends MediaRun {
  /** The music as its host made it. */
  readonly input: string;
  /** WAV, the caller's scratch file. */
  readonly music: string;
  /** The most samples to decode. */
  readonly wanted: number;
}

export interface DecodedMusic {
  /** Samples decoded, `wanted` at most. */
  readonly available: number;
  /** The damage, which is silent now. */
  readonly damage: Damage;
}

const shortestMusicSamples = sampleRate / 2;
/** MP3 decodes beyond full scale, and at a seam two passages sound at once. The master sets the level anyway. */
const headroom = 'volume=-3dB';

/**
 * Decodes music at 48 kHz in stereo.
 *
 * @throws BeatreelFailure `MediaToolFailed` when more of it is damaged than `toleratedDamage`, or it is nearly empty
 */
export async function decodeMusic(tools: MediaTools, request: MusicRequest): Promise<DecodedMusic> {
  const { input, music, wanted, signal } = request;
  const damage = await makePastDamage({
    task: `decode the score ${basename(input)}`,
    make: (passesDamage) => decode(tools, request, passesDamage),
    measure: () => measure(tools, request),
  });
  const available = await countSamples(tools, music, { signal });
  if (available >= Math.min(wanted, shortestMusicSamples)) return { available, damage };
  throw new BeatreelFailure(
    'MediaToolFailed',
    `Could not use ${basename(input)} as the score: it holds ${available / sampleRate} s of sound`,
  );
}

async function decode(
  tools: MediaTools,
  { input, music, wanted, signal, onProgress }: MusicRequest,
  passesDamage: boolean,
): Promise<void> {
  const { args } = await openInput(input, 'sound');
  const filter = [
    `aresample=${sampleRate}${passesDamage ? `:async=1${fillsHoles}` : ''}`,
    'aformat=sample_fmts=flt:channel_layouts=stereo',
    headroom,
    `atrim=end_sample=${wanted}`,
  ].join(',');
  await runFfmpeg(tools, {
    task: `decode the score ${basename(input)}`,
    args: [...args, '-map', '0:a:0', '-af', filter, ...workEncoding, fileAddress(music)],
    passesDamage,
    signal,
    onProgress,
  });
}

async function measure(tools: MediaTools, { input, signal }: MusicRequest): Promise<Damage | undefined> {
  const { streams } = await probeMedia(tools, input, { expected: 'sound', signal });
  const sound = streams.find((stream) => stream.type === 'audio');
  return sound && measureSound(tools, input, { sound, signal });
}
