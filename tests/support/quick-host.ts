import { join } from 'node:path';

import type { StandInOptions } from '../../workers/dev/stand-in/stand-in-options.ts';

/** A stand-in that draws next to nothing, in the given seconds or at once. */
export function quickHost(
  folder: string,
  { stillSeconds, clipSeconds, scoreSeconds } = { stillSeconds: 0.05, clipSeconds: 0.05, scoreSeconds: 0.05 },
): StandInOptions {
  return {
    folder: join(folder, 'stand-in'),
    ffmpeg: process.env['FFMPEG'] ?? 'ffmpeg',
    drawing: 'cheap',
    stillSeconds,
    clipSeconds,
    scoreSeconds,
  };
}
