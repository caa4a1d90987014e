import { readOrientation } from './read-orientation.ts';

/** Facts from the headers of a picture. */
export interface PictureFacts {
  readonly format: 'png' | 'jpeg' | 'webp';
  /** In pixels, as stored: before it is turned. */
  readonly width: number;
  readonly height: number;
  /** 1 is upright; 2 to 8 as in EXIF. */
  readonly orientation: number;
  readonly bitsPerChannel: number;
  readonly isCmyk: boolean;
  readonly hasAlpha: boolean;
  readonly isAnimated: boolean;
  /** EXIF, XMP or text: where and with what it was taken, and more. */
  readonly hasMetadata: boolean;
}

/** @returns undefined for bytes that are not PNG, JPEG or WebP, or that end within the headers */
export function readPictureFacts(bytes: Buffer): PictureFacts | undefined {
  try {
    if (bytes.readUInt32BE(0) === 0x89504e47) return readPng(bytes);
    if (bytes.readUInt16BE(0) === 0xffd8) return readJpeg(bytes);
    return bytes.toString('latin1', 8, 12) === 'WEBP' ? readWebp(bytes) : undefined;
  } catch (error) {
    // A read beyond the end.
    if (outOfRange.includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const outOfRange = ['ERR_OUT_OF_RANGE', 'ERR_BUFFER_OUT_OF_BOUNDS'];

const plain = {
  orientation: 1,
  bitsPerChannel: 8,
  isCmyk: false,
  hasAlpha: false,
  isAnimated: false,
  hasMetadata: false,
} as const;

/**
 * Colour types of IHDR with an alpha channel; `tRNS` gives it to the others (PNG, third edition, 11.2.1 and 11.3.1).
 */
const alphaTypes = [4, 6];

function readPng(bytes: Buffer): PictureFacts {
  const chunks = new Map<string, Buffer>();
  // Reads on past the pixels, because metadata may follow them.
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') break;
    if (type !== 'IDAT' && type !== 'fdAT') chunks.set(type, bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const exif = chunks.get('eXIf');
  return {
    ...plain,
    format: 'png',
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    bitsPerChannel: Math.max(8, bytes.readUInt8(24)),
    hasAlpha: alphaTypes.includes(bytes.readUInt8(25)) || chunks.has('tRNS'),
    isAnimated: chunks.has('acTL'),
    orientation: exif ? readOrientation(exif) : 1,
    hasMetadata: ['eXIf', 'tEXt', 'zTXt', 'iTXt'].some((type) => chunks.has(type)),
  };
}

const exifName = 'Exif\0\0';

/** Segments of ITU-T T.81, B.1.1.3: frame headers are C0 to CF without C4, C8 and CC; pixels follow DA. */
function readJpeg(bytes: Buffer): PictureFacts | undefined {
  let found: Partial<PictureFacts> = {};
  for (let at = 2; ;) {
    // A marker may follow any number of fill bytes.
    while (bytes.readUInt8(at) === 0xff && bytes.readUInt8(at + 1) === 0xff) at += 1;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xda || marker === 0xd9) break;
    const length = bytes.readUInt16BE(at + 2);
    const content = bytes.subarray(at + 4, at + 2 + length);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      found = {
        ...found,
        bitsPerChannel: content.readUInt8(0),
        height: content.readUInt16BE(1),
        width: content.readUInt16BE(3),
        isCmyk: content.readUInt8(5) === 4,
      };
    }
    // APP1 is EXIF or XMP.
    if (marker === 0xe1) found = { ...found, hasMetadata: true };
    if (marker === 0xe1 && content.toString('latin1', 0, 6) === exifName)
      found = { ...found, orientation: readOrientation(content.subarray(6)) };
    at += 2 + length;
  }
  const { width, height } = found;
  if (width === undefined || height === undefined) return undefined;
  return { ...plain, ...found, format: 'jpeg', width, height };
}

/** Bits of the VP8X header (RFC 9649, 2.7). */
const webpFlags = { animation: 0x02, xmp: 0x04, exif: 0x08, alpha: 0x10 };

function readWebp(bytes: Buffer): PictureFacts | undefined {
  const first = bytes.toString('latin1', 12, 16);
  if (first === 'VP8 ') {
    const width = bytes.readUInt16LE(26) & 0x3fff;
    return { ...plain, format: 'webp', width, height: bytes.readUInt16LE(28) & 0x3fff };
  }
  if (first === 'VP8L') {
    const packed = bytes.readUInt32LE(21);
    const hasAlpha = ((packed >>> 28) & 1) === 1;
    return {
      ...plain,
      format: 'webp',
      width: (packed & 0x3fff) + 1,
      height: ((packed >>> 14) & 0x3fff) + 1,
      hasAlpha,
    };
  }
  if (first !== 'VP8X') return undefined;
  const flags = bytes.readUInt8(20);
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    ...plain,
    format: 'webp',
    width: bytes.readUIntLE(24, 3) + 1,
    height: bytes.readUIntLE(27, 3) + 1,
    hasAlpha: has(webpFlags.alpha),
    isAnimated: has(webpFlags.animation),
    hasMetadata: has(webpFlags.exif) || has(webpFlags.xmp),
    orientation: has(webpFlags.exif) ? readOrientation(findWebpExif(bytes)) : 1,
  };
}

/** Writers differ on whether the name that JPEG needs goes before the block. */
function findWebpExif(bytes: Buffer): Buffer {
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32LE(at + 4);
    const content = bytes.subarray(at + 8, at + 8 + length);
    if (bytes.toString('latin1', at, at + 4) === 'EXIF')
      return content.toString('latin1', 0, 6) === exifName ? content.subarray(6) : content;
    at += 8 + length + (length % 2);
  }
  return Buffer.alloc(0);
}
