import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** The state of each program when this process last compared it. */
const compared = new Map<string, string>();

/**
 * Compares an installed program with its pins, before its first run in this process and again when it has changed: pip
 * checks only files that it fetches, not later changes.
 *
 * @returns the reason why it must not run, if any
 */
export async function checkProgram(path: string, pins: readonly string[]): Promise<string | undefined> {
  const { size, mtimeMs, ino } = await stat(path);
  const identity = [size, mtimeMs, ino, ...pins].join(' ');
  if (compared.get(path) === identity) return undefined;
  const sha256 = await hashFile(path);
  if (!pins.includes(sha256))
    return `is not the program that is pinned (its sha256 is ${sha256}). Remove its folder; it is installed anew`;
  compared.set(path, identity);
  return undefined;
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}
