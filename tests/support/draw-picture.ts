import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { runFfmpeg } from '../../activities/media/ffmpeg/run-ffmpeg.ts';
import type { MediaTools } from '../../activities/media/media-tools.ts';

/** The picture to draw, and its format. */
export interface DrawnPicture {
  /** A colour of ffmpeg. Default: orange. */
  readonly color?: string;
  /** Default: `320x320`. */
  readonly size?: string;
  /** Ending of the file, which decides the format. Default: `png`. */
  readonly ending?: 'png' | 'jpg' | 'webp';
  /** More arguments for the output. */
  readonly args?: readonly string[];
}

/** A real picture, drawn by ffmpeg. The same description gives the same bytes. */
export async function drawPicture(
  tools: MediaTools,
  { color = 'orange', size = '320x320', ending = 'png', args = [] }: DrawnPicture = {},
): Promise<Buffer> {
  const path = join(tmpdir(), `beatreel-drawn-${randomUUID()}.${ending}`);
  const source = ['-f', 'lavfi', '-i', `color=c=${color}:s=${size}`, '-frames:v', '1', '-bitexact'];
  try {
    await runFfmpeg(tools, { task: `draw ${color}`, args: [...source, ...args, path] });
    return await readFile(path);
  } finally {
    await rm(path, { force: true });
  }
}
