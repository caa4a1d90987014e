import type { MediaBench } from './media-bench.ts';

/** The first sound track as one channel at 48 kHz, as a player plays it, without the file's declared delays. */
export async function readSamples(bench: MediaBench, file: string): Promise<Float32Array> {
  const bytes = await bench.read(
    '-i',
    file,
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    '48000',
    '-f',
    'f32le',
    'pipe:1',
  );
  return new Float32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.byteLength / 4));
}

/** Level of a stretch in dBFS (RMS). */
export function levelOf(samples: Float32Array, fromSeconds: number, toSeconds: number): number {
  const stretch = samples.subarray(Math.round(fromSeconds * 48_000), Math.round(toSeconds * 48_000));
  const power = stretch.reduce((sum, sample) => sum + sample * sample, 0) / stretch.length;
  return 10 * Math.log10(power + 1e-20);
}

/** The times at which sound begins after at least 50 ms of silence, in seconds. */
export function findOnsets(samples: Float32Array, threshold = 0.02): number[] {
  const onsets: number[] = [];
  let quietSamples = 48_000;
  samples.forEach((sample, index) => {
    if (Math.abs(sample) < threshold) {
      quietSamples += 1;
      return;
    }
    if (quietSamples >= 2_400) onsets.push(index / 48_000);
    quietSamples = 0;
  });
  return onsets;
}

/** Integrated loudness and true peak, measured independently of the code under test. */
export async function meter(bench: MediaBench, file: string): Promise<{ lufs: number; truePeak: number }> {
  const log = await bench.log(
    '-i',
    file,
    '-map',
    '0:a:0',
    '-af',
    'loudnorm=print_format=json',
    '-f',
    'null',
    '-',
  );
  const json = JSON.parse(log.slice(log.lastIndexOf('{'), log.lastIndexOf('}') + 1)) as Record<
    string,
    string
  >;
  return { lufs: Number(json['input_i']), truePeak: Number(json['input_tp']) };
}
