import { inflateSync } from 'node:zlib';

interface FontTable {
  readonly tag: Buffer;
  readonly checksum: number;
  readonly content: Buffer;
}

/**
 * Turns a WOFF 1.0 font into the plain TrueType or OpenType file inside it, because resvg reads no WOFF.
 * Source: W3C recommendation "WOFF File Format 1.0", sections 3 to 5.
 *
 * @throws TypeError when the bytes are no WOFF 1.0 font
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new TypeError('The font is not a WOFF 1.0 file');
  const tableCount = woff.readUInt16BE(12);
  const tables = Array.from({ length: tableCount }, (_, index) => readTable(woff, 44 + index * 20));
  const headerBytes = 12 + tableCount * 16;
  const header = Buffer.alloc(headerBytes);
  woff.copy(header, 0, 4, 8);
  const largestPower = 2 ** Math.floor(Math.log2(tableCount));
  header.writeUInt16BE(tableCount, 4);
  header.writeUInt16BE(largestPower * 16, 6);
  header.writeUInt16BE(Math.log2(largestPower), 8);
  header.writeUInt16BE((tableCount - largestPower) * 16, 10);
  let offset = headerBytes;
  for (const [index, { tag, checksum, content }] of tables.entries()) {
    const entry = 12 + index * 16;
    tag.copy(header, entry);
    header.writeUInt32BE(checksum, entry + 4);
    header.writeUInt32BE(offset, entry + 8);
    header.writeUInt32BE(content.length, entry + 12);
    offset += padded(content).length;
  }
  return Buffer.concat([header, ...tables.map(({ content }) => padded(content))]);
}

function readTable(woff: Buffer, entry: number): FontTable {
  const offset = woff.readUInt32BE(entry + 4);
  const packedBytes = woff.readUInt32BE(entry + 8);
  const plainBytes = woff.readUInt32BE(entry + 12);
  const packed = woff.subarray(offset, offset + packedBytes);
  return {
    tag: woff.subarray(entry, entry + 4),
    checksum: woff.readUInt32BE(entry + 16),
    content: packedBytes < plainBytes ? inflateSync(packed) : packed,
  };
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((4 - (content.length % 4)) % 4)]);
}
