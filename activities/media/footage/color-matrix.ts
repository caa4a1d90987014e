import type { VideoStream } from '../probe.ts';

/** The matrix by which the picture's colours are read, as a value of the scale filter's `in_color_matrix`. */
export type ColorMatrix = 'auto' | 'bt601' | 'bt709';

/**
 * Chooses the matrix for a source. Most models tag nothing; such footage is read as players read it: HD as BT.709,
 * anything smaller as BT.601 (the rule of mpv). By default ffmpeg reads all of it as BT.601, which shifts the reds of
 * 720p footage.
 */
export function colorMatrixOf({ colorSpace, width, height }: VideoStream): ColorMatrix {
  if (colorSpace !== undefined && !untagged.has(colorSpace)) return 'auto';
  return Math.max(width, height) >= 1280 || Math.min(width, height) > 576 ? 'bt709' : 'bt601';
}

const untagged = new Set(['unknown', 'reserved', '']);
