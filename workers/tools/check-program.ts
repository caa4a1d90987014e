import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';

/** Programs this process has compared, as they were then. */
const compared = new Map<string, string>();

/**
 * Compares an installed program with its pins, before it is run for the first time in this process and again when it
 * has changed: pip looks at what it fetches, and nobody else at what lies there later.
 *
 * @returns why it must not be run, if so
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
