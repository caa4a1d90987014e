import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

import { execa } from 'execa';

import type { UnitKind } from './kind.ts';

/** Files that the host delivers, made once. */
export interface HostMedia extends Readonly<Record<UnitKind, Buffer>> {
  /** Footage of one second. */
  readonly shortClip: Buffer;
  /** Footage with a comment of 5 MB in it. */
  readonly chattyClip: Buffer;
  /** Footage of more than one part of an upload. */
  readonly bigClip: Buffer;
  readonly animation: Buffer;
  /** A picture of 30,000 by 30,000 pixels in some hundred kilobytes. */
  readonly vastPicture: Buffer;
}

const source = (seconds: number) => [
  '-f',
  'lavfi',
  '-i',
  `color=c=0x335577:size=256x256:rate=24:duration=${seconds}`,
];
const footage = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];

/** @param ffmpeg path of the program */
export async function makeHostMedia(ffmpeg: string): Promise<HostMedia> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-hostile-media-'));
  const make = async (name: string, args: readonly string[]): Promise<Buffer> => {
    const path = join(folder, name);
    await execa(ffmpeg, ['-v', 'error', '-y', ...args, path]);
    return readFile(path);
  };
  try {
    const clip = await make('clip.mp4', [...source(6), ...footage]);
    const words = join(folder, 'words.txt');
    await writeFile(words, `;FFMETADATA1\ncomment=${'chatter '.repeat(640 * 1024)}\n`);
    const chatter = ['-i', words, '-map', '0:v', '-map_metadata', '1', '-c', 'copy'];
    return {
      clip,
      still: await make('still.png', [...source(1), '-frames:v', '1']),
      score: await make('score.mp3', ['-f', 'lavfi', '-i', 'sine=frequency=330:duration=6', '-ac', '2']),
      shortClip: await make('short.mp4', [...source(1), ...footage]),
      chattyClip: await make('chatty.mp4', ['-i', join(folder, 'clip.mp4'), ...chatter]),
      bigClip: Buffer.concat([clip, freeBox(20 * 1024 * 1024)]),
      animation: await make('animation.gif', [...source(1), '-r', '4']),
      vastPicture: drawVast(30_000),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A box that players skip (ISO 14496-12). */
function freeBox(sizeBytes: number): Buffer {
  const box = Buffer.alloc(sizeBytes);
  box.writeUInt32BE(sizeBytes, 0);
  box.write('free', 4, 'latin1');
  return box;
}

/** A black PNG of one bit a pixel. */
function drawVast(pixels: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels, 0);
  header.writeUInt32BE(pixels, 4);
  header.writeUInt8(1, 8);
  const rows = Buffer.alloc((1 + pixels / 8) * pixels);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))],
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
