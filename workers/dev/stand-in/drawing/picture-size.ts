/** Width and height in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size an image model gives a still of an aspect ratio such as `16:9`: about a million pixels, both sides
 * multiples of 64 (16:9 is 1344x768).
 *
 * @returns a square for text that is not a ratio
 */
export function sizeOfRatio(ratio: string): PictureSize {
  const [across = 1, down = 1] = /^\d+:\d+$/.test(ratio) ? ratio.split(':').map(Number) : [];
  const to64 = (pixels: number): number => Math.max(64, Math.round(pixels / 64) * 64);
  return { width: to64(1024 * Math.sqrt(across / down)), height: to64(1024 * Math.sqrt(down / across)) };
}

/** The size of a clip with the given sides that follows a picture's shape: wide, upright or square. */
export function sizeOfShape(sides: { longSide: number; shortSide: number }, shape: PictureSize): PictureSize {
  const { longSide, shortSide } = sides;
  const ratio = shape.width / shape.height;
  if (ratio > 1.2) return { width: longSide, height: shortSide };
  return ratio < 1 / 1.2 ? { width: shortSide, height: longSide } : { width: shortSide, height: shortSide };
}

/** The size divided, for quick drawing; even, as H.264 needs it. */
export function shrink({ width, height }: PictureSize, divisor: number): PictureSize {
  const even = (pixels: number): number => Math.max(16, Math.round(pixels / divisor / 2) * 2);
  return { width: even(width), height: even(height) };
}
