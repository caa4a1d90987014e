import { pictureEncoding } from '../../../activities/media/video-format.ts';
import type { MediaBench } from './media-bench.ts';

/** A small cut as `joinClips` would leave it. */
export function makeCut(bench: MediaBench, seconds: number): Promise<string> {
  const picture = `testsrc2=s=192x108:r=24:d=${seconds}`;
  return bench.make(`cut-${seconds}.mp4`, '-f', 'lavfi', '-i', picture, ...pictureEncoding);
}

/** A FLAC as `normaliseClip` or `fitScore` would leave it, made by the given source filter. */
export function makeSound(
  bench: MediaBench,
  [name, source]: readonly [string, string],
  seconds: number,
): Promise<string> {
  const format = ['-ar', '48000', '-ac', '2', '-sample_fmt', 's32'];
  return bench.make(name, '-f', 'lavfi', '-i', source, '-t', String(seconds), ...format);
}

/** A hash of the picture packets, equal for files whose packets are equal, byte for byte and in order. */
export function pictureHash(bench: MediaBench, file: string): Promise<string> {
  return packetHash(bench, file, 'v');
}

/** Equal for two files whose sound packets are equal, byte for byte and in order. */
export function soundHash(bench: MediaBench, file: string): Promise<string> {
  return packetHash(bench, file, 'a');
}

async function packetHash(bench: MediaBench, file: string, track: 'v' | 'a'): Promise<string> {
  const copied = [
    '-i',
    file,
    '-map',
    `0:${track}`,
    '-c',
    'copy',
    '-f',
    'streamhash',
    '-hash',
    'md5',
    'pipe:1',
  ];
  return (await bench.read(...copied)).toString();
}

/** The time of each picture, in ticks of the track, in order. */
export async function readTimes(bench: MediaBench, file: string): Promise<number[]> {
  const listing = await bench.read('-i', file, '-map', '0:v', '-c', 'copy', '-f', 'framecrc', 'pipe:1');
  const times = [...listing.toString().matchAll(/^0, *-?\d+, *(-?\d+),/gm)].map((row) => Number(row[1]));
  return times.sort((a, b) => a - b);
}
