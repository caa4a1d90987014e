import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Truncation } from '../../domain/storyboard.ts';

/** The log entry for a plan with more beats than fit. */
export interface TruncationEntry extends Truncation {
  readonly videoId: string;
}

/**
 * Appends one line of JSON to `<folder>/beat_truncation.log`: timestamp (ISO 8601, UTC), videoId, originalCount,
 * truncatedCount. Creates the folder. Every call adds a line, so only the attempt whose storyboard stands calls it.
 *
 * @returns whether the line was written; `false` when the folder cannot be written, which must not fail a video
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
