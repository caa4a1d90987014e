/** A picture type that image models take. */
export interface PictureType {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Without the dot. */
  readonly extension: string;
}

/** Recognises a picture by its first twelve bytes. @returns undefined for anything but PNG, JPEG and WebP */
export function sniffPicture(bytes: Uint8Array): PictureType | undefined {
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return { contentType: 'image/png', extension: 'png' };
  if (text(0, 3) === '\xff\xd8\xff') return { contentType: 'image/jpeg', extension: 'jpg' };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return { contentType: 'image/webp', extension: 'webp' };
  return undefined;
}
