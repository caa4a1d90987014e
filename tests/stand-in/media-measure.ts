import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { ffmpegPath, ffprobePath } from './media-tools.ts';

/** The fields read of ffprobe's report. */
export interface Measured {
  readonly format: { readonly duration?: string };
  readonly streams: readonly Readonly<Record<string, string | number>>[];
}

/** Probes bytes. */
export async function probe(bytes: Buffer): Promise<Measured> {
  return withFile(bytes, async (path) => {
    const show = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-count_packets'];
    const { stdout } = await execa(ffprobePath, [...show, path]);
    return JSON.parse(stdout) as Measured;
  });
}

/** One frame of a file as grey pixels, filled and cut to a size as the stand-in does with a first frame. */
export async function greyFrame(
  bytes: Buffer,
  { frame, width, height }: { frame: number; width: number; height: number },
): Promise<Buffer> {
  return withFile(bytes, async (path) => {
    const fill = `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=bicubic,crop=${width}:${height}`;
    const picture = `select=eq(n\\,${frame}),format=yuv420p,${fill},format=gray`;
    const { stdout } = await execa(
      ffmpegPath,
      ['-v', 'error', '-nostdin', '-i', path, '-vf', picture, '-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
      { encoding: 'buffer' },
    );
    return Buffer.from(stdout);
  });
}

/** Mean distance of two pictures of one size, 0 to 255. */
export function meanDifference(one: Buffer, other: Buffer): number {
  if (one.length !== other.length)
    throw new Error(`The pictures differ in size: ${one.length}, ${other.length}`);
  let sum = 0;
  for (let index = 0; index < one.length; index += 1)
    sum += Math.abs((one[index] ?? 0) - (other[index] ?? 0));
  return sum / one.length;
}

/** Loudness of each second, in dB (RMS). */
export async function secondsLoudness(bytes: Buffer): Promise<number[]> {
  return withFile(bytes, async (path) => {
    const filter =
      'aresample=8000,asetnsamples=8000,astats=metadata=1:reset=1,ametadata=print:key=lavfi.astats.Overall.RMS_level:file=-';
    const { stdout } = await execa(ffmpegPath, [
      '-v',
      'error',
      '-nostdin',
      '-i',
      path,
      '-af',
      filter,
      '-f',
      'null',
      '-',
    ]);
    return [...stdout.matchAll(/RMS_level=(\S+)/g)].map((match) => Number(match[1]));
  });
}

async function withFile<Result>(bytes: Buffer, act: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-measure-'));
  try {
    await writeFile(join(folder, 'file'), bytes);
    return await act(join(folder, 'file'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
