import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { pictureAdvice } from '../../storage/media-formats.ts';
import { sniffedBytes, sniffMediaType } from '../../storage/sniff.ts';
import { isWholePicture } from '../../storage/whole-picture.ts';
import { InvalidBrief } from '../errors/invalid-brief.ts';
import { type PictureType, sniffPicture } from './sniff-picture.ts';

/** A picture on this machine. */
export interface LocalPicture extends PictureType {
  readonly bytes: Uint8Array;
}

/** The workflow's own limit. */
const maxBytes = 64 * 1024 * 1024;

/**
 * Reads a picture of a brief after checking it: a regular file of limited size that begins as a picture. Of any other
 * file it reads no more than the first bytes.
 *
 * @param path as in a brief; relative ones start from the current folder
 * @param field its place in the brief
 * @throws InvalidBrief
 */
export async function readLocalPicture(path: string, field = 'productImage'): Promise<LocalPicture> {
  const refuse: Refuse = (rule) => {
    throw new InvalidBrief([{ field, value: JSON.stringify(path), rule }]);
  };
  try {
    const file = toPath(path);
    // Check before opening: opening a pipe or a device may hang, or have effects.
    if (!(await lstat(file)).isFile()) refuse('not a regular file; links, pipes and devices are not read');
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return await readHandle(handle, refuse);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof InvalidBrief) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return refuse(`the file cannot be read (${reason})`);
  }
}

/** Throws a problem with the picture. */
type Refuse = (rule: string) => never;

async function readHandle(handle: FileHandle, refuse: Refuse): Promise<LocalPicture> {
  const stats = await handle.stat();
  // Another file may have taken its place.
  if (!stats.isFile()) refuse('not a regular file; links, pipes and devices are not read');
  if (stats.size > maxBytes) refuse(`the file has ${stats.size} bytes; at most ${maxBytes}`);
  const head = await readBytes(handle, sniffedBytes);
  const picture = sniffPicture(head);
  if (!picture) refuse(pictureAdvice(sniffMediaType(head)));
  // Read one byte more, to notice a growing file.
  const bytes = await readBytes(handle, stats.size + 1);
  if (bytes.byteLength !== stats.size) refuse('the file changed while it was read');
  if (!isWholePicture(bytes)) refuse('the picture is cut off: its end is missing');
  return { ...picture, bytes };
}

/** Reads from the beginning of a file until enough bytes have come, or the file ends. */
async function readBytes(handle: FileHandle, count: number): Promise<Buffer> {
  const bytes = Buffer.alloc(count);
  let filled = 0;
  for (;;) {
    const { bytesRead } = await handle.read(bytes, filled, count - filled, filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === count) return bytes.subarray(0, filled);
  }
}

function toPath(path: string): string {
  if (path.startsWith('file:')) return fileURLToPath(path);
  return resolve(path.replace(/^~(?=\/|$)/, homedir()));
}
