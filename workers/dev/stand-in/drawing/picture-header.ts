/** The format and size of a picture. */
export interface PictureHeader {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/**
 * Reads format and size from a picture's first bytes, whatever its name or content type says.
 *
 * @returns undefined for anything that is not PNG, JPEG or WebP
 */
export function readPictureHeader(bytes: Buffer): PictureHeader | undefined {
  if (bytes.length < 32) return undefined;
  if (bytes.readUInt32BE(0) === 0x89504e47) {
    return { format: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (bytes.readUInt16BE(0) === 0xffd8) return readJpegHeader(bytes);
  const isWebp = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return isWebp ? readWebpHeader(bytes) : undefined;
}

/** Source: ITU-T T.81, B.2.2: the frame header's marker is C0 to CF without C4, C8 and CC. */
function readJpegHeader(bytes: Buffer): PictureHeader | undefined {
  let offset = 2;
  while (offset + 9 < bytes.length) {
    const marker = bytes.readUInt8(offset + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return {
        format: 'jpeg',
        height: bytes.readUInt16BE(offset + 5),
        width: bytes.readUInt16BE(offset + 7),
      };
    }
    offset += 2 + bytes.readUInt16BE(offset + 2);
  }
  return undefined;
}

/** Source: RFC 9649, sections 2.5 to 2.7. */
function readWebpHeader(bytes: Buffer): PictureHeader | undefined {
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') {
    return { format: 'webp', width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  }
  if (chunk === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    return { format: 'webp', width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== 'VP8 ') return undefined;
  return { format: 'webp', width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
}
