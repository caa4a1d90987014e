import type { VideoStream } from '../probe.ts';

/** How the picture's colours are to be read, as a value of the scale filter's `in_color_matrix`. */
export type ColorMatrix = 'auto' | 'bt601' | 'bt709';

/**
 * Chooses the matrix for a source. Most models tag nothing; such footage is read as players read it: HD as BT.709,
 * anything smaller as BT.601 (the rule of mpv). Without this ffmpeg reads all of it as BT.601, and
 * 720p footage comes out with shifted reds.
 */
export function colorMatrixOf({ colorSpace, width, height }: VideoStream): ColorMatrix {
  if (colorSpace !== undefined && !untagged.has(colorSpace)) return 'auto';
  return Math.max(width, height) >= 1280 || Math.min(width, height) > 576 ? 'bt709' : 'bt601';
}

const untagged = new Set(['unknown', 'reserved', '']);
