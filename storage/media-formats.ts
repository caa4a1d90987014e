import type { MediaType } from './sniff.ts';

/** The use of a file. */
export type FileKind = 'picture' | 'footage' | 'sound';

interface MediaFormat {
  readonly kind: FileKind;
  /** ffmpeg's name of the demuxer that reads it. */
  readonly demuxer: string;
}

/** Every accepted format: fetching and opening files both go by this list alone. */
const mediaFormats: Partial<Record<MediaType, MediaFormat>> = {
  'image/png': { kind: 'picture', demuxer: 'png_pipe' },
  'image/jpeg': { kind: 'picture', demuxer: 'jpeg_pipe' },
  'image/webp': { kind: 'picture', demuxer: 'webp_pipe' },
  'video/mp4': { kind: 'footage', demuxer: 'mov' },
  'video/quicktime': { kind: 'footage', demuxer: 'mov' },
  'video/webm': { kind: 'footage', demuxer: 'matroska' },
  'video/x-matroska': { kind: 'footage', demuxer: 'matroska' },
  'audio/mpeg': { kind: 'sound', demuxer: 'mp3' },
  'audio/wav': { kind: 'sound', demuxer: 'wav' },
  'audio/flac': { kind: 'sound', demuxer: 'flac' },
  'audio/mp4': { kind: 'sound', demuxer: 'mov' },
  'audio/aac': { kind: 'sound', demuxer: 'aac' },
  'audio/ogg': { kind: 'sound', demuxer: 'ogg' },
};

const pictureNames: Partial<Record<MediaType, string>> = {
  'image/heic': 'HEIC, as telephones take it',
  'image/avif': 'AVIF',
  'image/svg+xml': 'an SVG drawing',
  'image/tiff': 'TIFF',
  'image/gif': 'an animation (GIF)',
};

/** The rule for a person whose picture has a format that we do not take. */
export function pictureAdvice(found: MediaType | undefined): string {
  const name = found === undefined ? 'no picture' : (pictureNames[found] ?? found);
  return `the file is ${name}, whatever its name says; send a PNG, JPEG or WebP picture`;
}

/** The demuxer for a file opened as one of these kinds. Sound may also come from footage. */
export function demuxerFor(type: MediaType | undefined, kinds: readonly FileKind[]): string | undefined {
  return type !== undefined && typesFor(kinds).includes(type) ? mediaFormats[type]?.demuxer : undefined;
}

/** The accepted formats of files of these kinds. */
export function typesFor(kinds: readonly FileKind[]): MediaType[] {
  const wanted: readonly string[] = kinds.includes('sound') ? [...kinds, 'footage'] : kinds;
  const types = Object.keys(mediaFormats) as MediaType[];
  return types.filter((type) => wanted.includes(mediaFormats[type]?.kind ?? ''));
}
