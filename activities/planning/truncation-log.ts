import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Truncation } from '../../domain/storyboard.ts';

/** What is written down when a plan had more beats than fit. */
export interface TruncationEntry extends Truncation {
  readonly videoId: string;
}

/**
 * Appends one line of JSON to `<folder>/beat_truncation.log`: timestamp (ISO 8601, UTC), videoId, originalCount,
 * truncatedCount. Creates the folder. Each call is a line: the attempt whose storyboard stands makes it.
 *
 * @returns whether the line is there; `false` when the folder cannot be written, which is no reason to fail a video
 */
export async function appendTruncation(folder: string, entry: TruncationEntry): Promise<boolean> {
  const { videoId, originalCount, truncatedCount } = entry;
  const timestamp = new Date().toISOString();
  const line = JSON.stringify({ timestamp, videoId, originalCount, truncatedCount });
  try {
    await mkdir(folder, { recursive: true });
    // One write in append mode: lines of several processes never mix.
    await appendFile(join(folder, 'beat_truncation.log'), `${line}\n`);
    return true;
  } catch {
    return false;
  }
}
