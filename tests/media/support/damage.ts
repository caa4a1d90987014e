import { execa } from 'execa';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';

import type { MediaBench } from './media-bench.ts';

/** One packet of a file, with its place in the bytes. */
interface Packet {
  readonly position: number;
  readonly size: number;
  readonly startSeconds: number;
}

/** Packets of one track in file order. @param track as ffprobe names it, e.g. `a:0` */
export async function readPackets(bench: MediaBench, file: string, track: string): Promise<Packet[]> {
  const args = ['-v', 'error', '-of', 'json', '-show_packets', '-select_streams', track, file];
  const { stdout } = await execa(bench.tools.ffprobe, args);
  const { packets } = JSON.parse(stdout) as { packets: Record<'pos' | 'size' | 'pts_time', string>[] };
  return packets.map(({ pos, size, pts_time }) => ({
    position: Number(pos),
    size: Number(size),
    startSeconds: Number(pts_time),
  }));
}

/** The packets to damage, and the part of each. */
export interface Damaging {
  readonly track: string;
  /** 0-based, in the order of the file. */
  readonly packets: readonly number[];
  /** The part of a packet whose bytes are inverted, from one share to another. Default: the middle half. */
  readonly share?: readonly [number, number];
}

/**
 * Writes a copy of a file, `damaged-…` beside it, with some packets damaged.
 *
 * @returns its path, and the times at which the packets are shown or heard
 */
export async function damagePackets(
  bench: MediaBench,
  file: string,
  { track, packets, share: [from, to] = [0.25, 0.75] }: Damaging,
): Promise<{ readonly damaged: string; readonly startSeconds: readonly number[] }> {
  const all = await readPackets(bench, file, track);
  const bytes = await readFile(file);
  const hit = packets.map((index) => all[index]!);
  for (const { position, size } of hit) {
    const end = position + Math.floor(size * to);
    for (let index = position + Math.floor(size * from); index < end; index += 1)
      bytes[index] = (bytes[index] ?? 0) ^ 0xff;
  }
  const damaged = bench.path(`damaged-${basename(file)}`);
  await writeFile(damaged, bytes);
  return { damaged, startSeconds: hit.map(({ startSeconds }) => startSeconds) };
}
