/** A kind of picture that image models take. */
export interface PictureType {
  readonly contentType: 'image/png' | 'image/jpeg' | 'image/webp';
  /** Without the dot. */
  readonly extension: string;
}

/** Tells a picture by its first twelve bytes. @returns undefined for anything but PNG, JPEG and WebP */
export function sniffPicture(bytes: Uint8Array): PictureType | undefined {
  const text = (start: number, end: number) => String.fromCharCode(...bytes.subarray(start, end));
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return { contentType: 'image/png', extension: 'png' };
  if (text(0, 3) === '\xff\xd8\xff') return { contentType: 'image/jpeg', extension: 'jpg' };
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP')
    return { contentType: 'image/webp', extension: 'webp' };
  return undefined;
}

/** Some programs write a little after the end of a picture. */
const mostAfterEnd = 64 * 1024;

/** Whether the end of a picture is there: one that is cut off is bought with, and shows grey. */
export function isWhole(bytes: Uint8Array, { extension }: PictureType): boolean {
  const picture = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = picture.subarray(-mostAfterEnd);
  // End of image (ITU T.81, B.1.1.3); the last chunk (PNG, 11.2.5); the length that the container states (RFC 9649).
  if (extension === 'jpg') return end.includes(Buffer.from([0xff, 0xd9]));
  if (extension === 'png') return end.includes('IEND');
  return picture.byteLength >= 8 + picture.readUInt32LE(4);
}
