import { deflateSync } from 'node:zlib';

/** Options of a picture. */
export interface PngOptions {
  /** Default: 320. */
  readonly width?: number;
  /** Default: the width. */
  readonly height?: number;
  /** Red, green, blue and, if given, alpha, 0 to 255, of a pixel. Default: orange everywhere. */
  readonly paint?: (x: number, y: number) => readonly number[];
  /** Default: 8. */
  readonly bits?: 8 | 16;
  /** More chunks, before the pixels. */
  readonly chunks?: readonly (readonly [type: string, content: Buffer])[];
}

const orange = [255, 165, 0];

/** A real PNG. The same options give the same bytes. */
export function drawPng(options: PngOptions = {}): Buffer {
  const { width = 320, height = width, paint = () => orange, bits = 8, chunks = [] } = options;
  const channels = paint(0, 0).length;
  const sample = bits / 8;
  const row = 1 + width * channels * sample;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      paint(x, y).forEach((value, channel) => {
        pixels.fill(
          value,
          y * row + 1 + (x * channels + channel) * sample,
          y * row + 1 + (x * channels + channel + 1) * sample,
        );
      });
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bits, 8);
  header.writeUInt8(channels === 4 ? 6 : 2, 9);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    ...chunks.map(([type, content]) => pngChunk(type, content)),
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.byteLength);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** The checksum of PNG, annex D. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** EXIF data with only the orientation, as a TIFF block. */
export function exif(orientation: number, order: 'II' | 'MM' = 'MM'): Buffer {
  const tiff = Buffer.alloc(26);
  const write16 = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const write32 = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(order, 0, 'latin1');
  write16(42, 2);
  write32(8, 4);
  write16(1, 8);
  write16(0x0112, 10);
  write16(3, 12);
  write32(1, 14);
  write16(orientation, 18);
  return tiff;
}

/** The same JPEG with EXIF data. */
export function withExif(jpeg: Buffer, tiff: Buffer): Buffer {
  return Buffer.concat([
    jpeg.subarray(0, 2),
    jpegSegment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])),
    jpeg.subarray(2),
  ]);
}

function jpegSegment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.byteLength + 2, 2);
  return Buffer.concat([head, content]);
}

/**
 * A JPEG of one colour of print, as layout programs write it: four components, inverted, marked by Adobe.
 *
 * @param inks the light left by cyan, magenta, yellow and black, 0 to 255
 */
export function cmykJpeg(inks: readonly number[], size = 320): Buffer {
  const components = [1, 2, 3, 4];
  const frame = Buffer.from([8, 0, 0, 0, 0, 4, ...components.flatMap((id) => [id, 0x11, 0])]);
  frame.writeUInt16BE(size, 1);
  frame.writeUInt16BE(size, 3);
  // Twelve codes of four bits for the categories of DC, and one bit for the end of a block.
  const dc = [0x00, 0, 0, 0, 12, ...Array<number>(12).fill(0), ...Array.from({ length: 12 }, (_, at) => at)];
  const ac = [0x10, 1, ...Array<number>(15).fill(0), 0];
  const scan = [4, ...components.flatMap((id) => [id, 0x00]), 0, 63, 0];
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\0', 'latin1')),
    jpegSegment(0xdb, Buffer.from([0, ...Array<number>(64).fill(1)])),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, Buffer.from(dc)),
    jpegSegment(0xc4, Buffer.from(ac)),
    jpegSegment(0xda, Buffer.from(scan)),
    codeBlocks(inks, (size / 8) ** 2),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** Blocks of one value each: a component's first block holds the value, the others no change. */
function codeBlocks(inks: readonly number[], count: number): Buffer {
  const first = inks.map((ink) => codeDc(8 * (ink - 128))).join('');
  const bits = first + codeDc(0).repeat(inks.length * (count - 1));
  const bytes = (bits.padEnd(Math.ceil(bits.length / 8) * 8, '1').match(/.{8}/g) ?? []).map((byte) =>
    parseInt(byte, 2),
  );
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

function codeDc(value: number): string {
  const category = value === 0 ? 0 : Math.floor(Math.log2(Math.abs(value))) + 1;
  const rest = value < 0 ? value + 2 ** category - 1 : value;
  const bits = category === 0 ? '' : rest.toString(2).padStart(category, '0');
  return `${category.toString(2).padStart(4, '0')}${bits}0`;
}
