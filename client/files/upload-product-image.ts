import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { InvalidBrief } from '../errors/invalid-brief.ts';
import type { FileStore } from './file-store.ts';
import { sniffPicture } from './sniff-picture.ts';

/** What the workflow takes too. */
const maxBytes = 64 * 1024 * 1024;

/** True for `./…`, `../…`, `/…`, `~…` and `file:…`; keys of the bucket and https addresses begin otherwise. */
export function isLocalPath(productImage: string): boolean {
  return /^([./~]|file:)/.test(productImage);
}

/**
 * Brings a local picture into the bucket under its sha256, so the same picture is stored once.
 *
 * @param path as in a brief; relative ones start from the current folder
 * @returns the key of the object
 * @throws InvalidBrief for a file that is not there, too large, or no PNG, JPEG or WebP picture
 */
export async function uploadProductImage(files: FileStore, path: string): Promise<string> {
  const bytes = await readPicture(path);
  const picture = sniffPicture(bytes);
  if (picture === undefined) refuse(path, 'the file is no PNG, JPEG or WebP picture');
  const { contentType, extension } = picture;
  const key = `uploads/${createHash('sha256').update(bytes).digest('hex')}.${extension}`;
  await files.use((store) => store.putBytes(key, bytes, { contentType, ifNoneMatch: '*' }));
  return key;
}

async function readPicture(path: string): Promise<Uint8Array> {
  try {
    const file = toPath(path);
    const { size } = await stat(file);
    if (size > maxBytes) refuse(path, `the file has ${size} bytes; at most ${maxBytes}`);
    return await readFile(file);
  } catch (error) {
    if (error instanceof InvalidBrief) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    return refuse(path, `the file cannot be read (${reason})`);
  }
}

function toPath(path: string): string {
  if (path.startsWith('file:')) return fileURLToPath(path);
  return resolve(path.replace(/^~(?=\/|$)/, homedir()));
}

function refuse(path: string, rule: string): never {
  throw new InvalidBrief([{ field: 'productImage', value: JSON.stringify(path), rule }]);
}
