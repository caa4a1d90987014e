import { createHash } from 'node:crypto';

/** Bytes that look random and are the same for the same seed. */
export function noise(sizeBytes: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(sizeBytes);
  let state = seed >>> 0 || 1;
  for (let offset = 0; offset < sizeBytes; offset += 1) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[offset] = state & 0xff;
  }
  return bytes;
}

/** A file with the structure of an MP4 and exactly this size; its boxes hold noise. */
export function mp4(sizeBytes: number, seed = 1): Buffer {
  const ftyp = box('ftyp', Buffer.from('isom\0\0\0\0isommp42', 'latin1'));
  const moov = box('moov', noise(64, seed));
  return Buffer.concat([
    ftyp,
    moov,
    box('mdat', noise(sizeBytes - ftyp.byteLength - moov.byteLength - 8, seed)),
  ]);
}

/** A file with the structure of a PNG. */
export function png(contentBytes: number): Buffer {
  const chunk = (type: string, content: Buffer) =>
    Buffer.concat([uint32(content.byteLength), Buffer.from(type, 'latin1'), content, Buffer.alloc(4)]);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([
    signature,
    chunk('IHDR', noise(13)),
    chunk('IDAT', noise(contentBytes)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A file with the structure of a WAV. */
export function wav(contentBytes: number): Buffer {
  const body = Buffer.concat([Buffer.from('WAVEfmt ', 'latin1'), noise(contentBytes)]);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.byteLength);
  return Buffer.concat([Buffer.from('RIFF', 'latin1'), size, body]);
}

/** A file that begins like an MP3 and does not state its length. */
export function mp3(sizeBytes: number): Buffer {
  return Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), noise(sizeBytes - 10)]);
}

/** Lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** One box of ISO 14496-12. */
export function box(type: string, content: Buffer): Buffer {
  return Buffer.concat([uint32(content.byteLength + 8), Buffer.from(type, 'latin1'), content]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
