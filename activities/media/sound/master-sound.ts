import { fileAddress, openInput } from '../ffmpeg/open-input.ts';
import { runFfmpeg } from '../ffmpeg/run-ffmpeg.ts';
import type { MediaRun, MediaTools } from '../media-tools.ts';
import { exactClock, sampleRate, trackEncoding, withoutMetadata } from '../video-format.ts';
import { exactLength } from './exact-length.ts';
import { chooseBest, chooseLevels, type LevelSettings, type Pass } from './choose-levels.ts';
import { measureLoudness, type Loudness } from './measure-loudness.ts';

export interface MasterRequest extends MediaRun {
  readonly input: string;
  /** The audio track, AAC in MP4; written anew by every pass. */
  readonly output: string;
  readonly frameCount: number;
  /** Loudness of the input, where it is known. Default: measured here. */
  readonly source?: Loudness;
}

/**
 * Encodes the audio track at -14 LUFS integrated, give or take one, with no true peak above -1 dBTP. The encoded track
 * is decoded and measured, and encoded again with other settings when it is off.
 *
 * Uses gain and a limiter rather than ffmpeg's `loudnorm`: that silently turns into an automatic gain control as soon
 * as a peak is in the way, and a second pass cannot correct its result.
 *
 * Silence, near silence and sound too short to measure keep their level. Sound that cannot reach the target in
 * {@link mostPasses} passes is delivered from the pass that came nearest without a peak too high.
 *
 * @returns the loudness of the delivered track
 */
export async function masterSound(tools: MediaTools, request: MasterRequest): Promise<Loudness> {
  const source =
    request.source ?? (await measureLoudness(tools, { input: request.input, signal: request.signal }));
  const tried: Pass[] = [];
  const run = async (settings: LevelSettings) => {
    await encode(tools, request, { ...settings, sourcePeakDbtp: source.truePeakDbtp });
    const made = await measureLoudness(tools, { input: request.output, signal: request.signal });
    tried.push({ settings, made });
    return made;
  };
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const settings = chooseLevels(source, tried);
    if (settings === undefined) break;
    await run(settings);
  }
  const best = chooseBest(tried);
  return best === tried.at(-1) ? best.made : run(best.settings);
}

const mostPasses = 6;

async function encode(
  tools: MediaTools,
  { input, output, frameCount, signal, onProgress }: MasterRequest,
  settings: LevelSettings & { readonly sourcePeakDbtp: number | undefined },
): Promise<void> {
  const { args } = await openInput(input, 'sound');
  const filter = [...levelFilters(settings), `aresample=${sampleRate}`, exactLength(frameCount)].join(',');
  await runFfmpeg(tools, {
    task: 'encode the audio track',
    args: [
      ...[...args, '-map', '0:a:0', '-af', filter, ...withoutMetadata, '-flags:a', '+bitexact'],
      ...[...trackEncoding, ...exactClock, '-f', 'mp4', fileAddress(output)],
    ],
    signal,
    onProgress,
  });
}

function levelFilters({
  gainDb,
  limitDbtp,
  sourcePeakDbtp = -Infinity,
}: LevelSettings & { readonly sourcePeakDbtp: number | undefined }): string[] {
  const gain = `volume=${gainDb.toFixed(2)}dB`;
  if (sourcePeakDbtp + gainDb <= limitDbtp) return [gain];
  const limit = Math.max(0.0625, 10 ** (limitDbtp / 20));
  return [
    gain,
    // Four times the rate, so that the limiter sees the peaks between the samples.
    `aresample=${4 * sampleRate}`,
    `alimiter=limit=${limit.toFixed(4)}:attack=5:release=80:level=0:latency=1`,
  ];
}
