import type { MediaBench } from './media-bench.ts';

/** Encoded so that every frame can be told from every other after decoding. */
export const lossless = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-qp',
  '0',
  '-pix_fmt',
  'yuv444p',
] as const;

/** A small size, for tests in which the size does not matter. */
export const smallSize = { width: 192, height: 108 } as const;

export interface SourceOptions {
  readonly width?: number;
  readonly height?: number;
  readonly rate?: number | string;
  readonly seconds?: number;
  /** The start of the beep, in seconds from the first picture; no sound track when absent. */
  readonly beepAt?: number;
  readonly args?: readonly string[];
}

/** Footage as a model host might deliver it: a moving picture and, when asked for, a beep of 0.1 s. */
export async function makeSource(
  bench: MediaBench,
  name: string,
  options: SourceOptions = {},
): Promise<string> {
  const { width = 192, height = 108, rate = 24, seconds = 1, beepAt, args = [] } = options;
  const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${width}x${height}:r=${rate}:d=${seconds}`];
  const sound =
    beepAt === undefined
      ? []
      : [
          '-f',
          'lavfi',
          '-i',
          `aevalsrc=0.25*sin(2*PI*1000*t)*between(t\\,${beepAt}\\,${beepAt + 0.1}):s=44100:d=${seconds}`,
        ];
  const codecs = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...(beepAt === undefined ? [] : ['-c:a', 'aac'])];
  return bench.make(name, ...picture, ...sound, ...codecs, ...args);
}

/** Decoded frames of a file as RGB pictures, in order; every pixel three bytes. */
export async function readFrames(
  bench: MediaBench,
  file: string,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Buffer[]> {
  const filter = `scale=${width}:${height}:flags=bicubic+accurate_rnd+full_chroma_int,format=rgb24`;
  const bytes = await bench.read(
    '-i',
    file,
    '-map',
    '0:v:0',
    '-vf',
    filter,
    '-fps_mode',
    'passthrough',
    '-f',
    'rawvideo',
    'pipe:1',
  );
  const size = width * height * 3;
  return Array.from({ length: bytes.length / size }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

/** Peak signal-to-noise ratio in dB; above 40 two pictures look the same, at infinity they are equal. */
export function psnr(one: Buffer, other: Buffer): number {
  const squares = one.reduce((sum, value, index) => sum + (value - (other[index] ?? 0)) ** 2, 0);
  return 10 * Math.log10((255 * 255 * one.length) / squares);
}
