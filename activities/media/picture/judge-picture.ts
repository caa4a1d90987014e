import type { PictureFacts } from './read-picture-facts.ts';

/** The changes that a picture needs before models see it. */
export interface PictureChanges {
  /** Its new longer side, in pixels; absent where the size stays. */
  readonly longestSide?: number;
  readonly isFlattened: boolean;
  readonly isTurned: boolean;
  /** Whether it has to be written anew, for any reason. */
  readonly isRewritten: boolean;
  /** For people, in lower case, without a full stop. */
  readonly findings: readonly string[];
}

/** Longer sides add nothing for image models, which draw 1 to 4 megapixels; they cost time and failed orders. */
const longestSide = 2048;
/** Models cannot make out anything in a smaller picture. */
const shortestSide = 64;
/** The longest aspect we take. Models with known limits refuse beyond 1:2.5 (Kling, MiniMax); this leaves room. */
const mostOblong = 10;
/** Models refuse smaller and more oblong pictures: Kling 300 pixels, MiniMax 256, both 1:2.5 (read 2026-11-28). */
const usualShortSide = 300;
const usualOblong = 2.5;
/** A little more than 16,000 × 9,000 pixels: at 16 bits a channel they take 1.2 GB in ffmpeg. */
const mostPixels = 150_000_000;
/** A host broke off orders with pictures of more than 6.4 MiB together (third-party report, read 2026-11-28). */
const mostBytes = 4 * 1024 * 1024;

/** @returns the reason why no model can use it; undefined for a usable picture */
export function whyUnfit({ width, height, format, isAnimated }: PictureFacts): string | undefined {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const size = `${width} × ${height} pixels`;
  if (format === 'webp' && isAnimated) return 'the picture moves (animated WebP); send one picture of it';
  if (short < shortestSide) return `the picture has ${size}; at least ${shortestSide} on each side`;
  if (long > mostOblong * short)
    return `the picture has ${size}; at most ${mostOblong} times as long as wide`;
  if (width * height > mostPixels)
    return `the picture has ${size}, ${Math.round((width * height) / 1e6)} megapixels; at most ${mostPixels / 1e6}`;
  return undefined;
}

/** Decides on the changes to a usable picture, and on the findings for people. */
export function judgePicture(facts: PictureFacts, sizeBytes: number): PictureChanges {
  const { width, height, orientation, bitsPerChannel, isCmyk, hasAlpha, isAnimated, hasMetadata } = facts;
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const isTurned = orientation !== 1;
  const isLarge = long > longestSide;
  const isHeavy = sizeBytes > mostBytes;
  const changes = [
    ...(isTurned ? ['turned upright, as its EXIF data says'] : []),
    ...(isLarge ? [`made smaller: it has ${width} × ${height} pixels`] : []),
    ...(isHeavy && !isLarge ? [`written anew: it has ${(sizeBytes / 2 ** 20).toFixed(1)} MiB`] : []),
    ...(isCmyk ? ['changed from the colours of print (CMYK) to RGB'] : []),
    ...(bitsPerChannel > 8 ? [`brought from ${bitsPerChannel} to 8 bits a channel`] : []),
    ...(hasAlpha ? ['set on white where it is transparent'] : []),
    ...(isAnimated ? ['taken as its first picture: it is an animation'] : []),
  ];
  const doubts = [
    ...(short < usualShortSide
      ? [`it has ${width} × ${height} pixels, and some models refuse less than 300`]
      : []),
    ...(long > usualOblong * short
      ? ['it is longer than 2.5 times its width, which some models refuse']
      : []),
  ];
  return {
    ...(isLarge ? { longestSide } : {}),
    isTurned,
    isFlattened: hasAlpha,
    isRewritten: changes.length > 0 || hasMetadata,
    findings: [...changes, ...doubts],
  };
}
