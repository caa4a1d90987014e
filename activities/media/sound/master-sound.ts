import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { sampleRate, trackEncoding, withoutMetadata } from '../video-format.ts';
import { exactLength } from './exact-length.ts';
import { measureLoudness, nearSilenceLufs, type Loudness } from './measure-loudness.ts';

export interface MasterRequest extends MediaRun {
  readonly input: string;
  /** The audio track, AAC in MP4; written anew by every pass. */
  readonly output: string;
  readonly frameCount: number;
}

/**
 * Encodes the audio track at -14 LUFS integrated, give or take one, with no true peak above -1 dBTP. What counts is
 * the encoded track: it is decoded and measured, and encoded again with other settings when it is off.
 *
 * Gain and a limiter rather than ffmpeg's `loudnorm`: that one silently turns into an automatic gain control as soon
 * as a peak is in the way, and what it did cannot be corrected by a second pass.
 *
 * Silence, near silence and what is too short to measure keep their level. What cannot reach the target in
 * {@link mostPasses} passes is delivered as near as it came; the peak goes first.
 *
 * @returns what was measured on the delivered track
 */
export async function masterSound(tools: MediaTools, request: MasterRequest): Promise<Loudness> {
  const { input, signal } = request;
  const source = await measureLoudness(tools, { input, signal });
  const isLeft = source.integratedLufs === undefined || source.integratedLufs < nearSilenceLufs;
  let settings: Settings = {
    gainDb: source.integratedLufs === undefined || isLeft ? 0 : targetLufs - source.integratedLufs,
    limitDbtp: firstLimitDbtp,
  };
  for (let pass = 1; ; pass += 1) {
    await encode(tools, request, { ...settings, sourcePeakDbtp: source.truePeakDbtp });
    const made = await measureLoudness(tools, { input: request.output, signal });
    const next = correct(settings, made, isLeft);
    if (next === undefined || pass === mostPasses) return made;
    settings = next;
  }
}

interface Settings {
  readonly gainDb: number;
  readonly limitDbtp: number;
}

const targetLufs = -14;
/** Half of what is allowed, so that a delivered track stays within it on any meter. */
const toleranceLu = 0.5;
const highestPeakDbtp = -1;
/** AAC at 192 kbit/s adds a few tenths of a decibel to peaks. */
const firstLimitDbtp = -1.5;
const mostPasses = 5;

/** Undefined when the track is good as it is. */
function correct(settings: Settings, made: Loudness, isLeft: boolean): Settings | undefined {
  const overshoot = (made.truePeakDbtp ?? -Infinity) - highestPeakDbtp;
  const missing = isLeft || made.integratedLufs === undefined ? 0 : targetLufs - made.integratedLufs;
  const isTooLoud = overshoot > 0;
  const isOff = Math.abs(missing) > toleranceLu;
  if (!isTooLoud && !isOff) return undefined;
  return {
    gainDb: settings.gainDb + (isOff ? missing : 0),
    limitDbtp: settings.limitDbtp - (isTooLoud ? overshoot + 0.2 : 0),
  };
}

async function encode(
  tools: MediaTools,
  { input, output, frameCount, signal, onProgress }: MasterRequest,
  settings: Settings & { readonly sourcePeakDbtp: number | undefined },
): Promise<void> {
  const { args } = await openInput(input, 'sound');
  const filter = [...levelFilters(settings), `aresample=${sampleRate}`, exactLength(frameCount)].join(',');
  await runFfmpeg(tools, {
    task: 'encode the audio track',
    args: [
      ...[...args, '-map', '0:a:0', '-af', filter, ...withoutMetadata, '-flags:a', '+bitexact'],
      ...[...trackEncoding, '-f', 'mp4', fileAddress(output)],
    ],
    signal,
    onProgress,
  });
}

function levelFilters({
  gainDb,
  limitDbtp,
  sourcePeakDbtp = -Infinity,
}: Settings & { readonly sourcePeakDbtp: number | undefined }): string[] {
  const gain = `volume=${gainDb.toFixed(2)}dB`;
  if (sourcePeakDbtp + gainDb <= limitDbtp) return [gain];
  const limit = Math.max(0.0625, 10 ** (limitDbtp / 20));
  return [
    gain,
    // Four times the rate: the peaks between the samples are what is to be limited.
    `aresample=${4 * sampleRate}`,
    `alimiter=limit=${limit.toFixed(4)}:attack=5:release=80:level=0:latency=1`,
  ];
}
