const blockBytes = 4096;

/**
 * The bytes of a made-up file of any size: the first ones are those of a real MP4, PNG, WAV or MP3, and every block of
 * 4096 begins with its own number, so that a lost, doubled or swapped block shows. Nothing is held in memory.
 *
 * @param range first byte (inclusive) and end (exclusive)
 */
export function* bigOutputBytes(
  contentType: string,
  range: { start: number; end: number },
): Generator<Buffer> {
  for (let block = Math.floor(range.start / blockBytes); block * blockBytes < range.end; block += 16) {
    const first = block * blockBytes;
    const chunk = Buffer.concat(
      Array.from({ length: 16 }, (_, index) => blockOf(contentType, block + index)),
    );
    yield chunk.subarray(Math.max(0, range.start - first), Math.min(chunk.length, range.end - first));
  }
}

function blockOf(contentType: string, number: number): Buffer {
  const block = Buffer.alloc(blockBytes, 0xa5);
  if (number === 0) magicBytes(contentType).copy(block);
  else block.writeUInt32BE(number, 0);
  return block;
}

/** The first bytes, by which readers recognise the format. */
function magicBytes(contentType: string): Buffer {
  switch (contentType) {
    case 'video/mp4':
      return Buffer.from('000000206674797069736f6d0000020069736f6d69736f32617663316d703431', 'hex');
    case 'image/png':
      return Buffer.from('89504e470d0a1a0a0000000d4948445200000540000003000806000000', 'hex');
    case 'image/jpeg':
      return Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');
    case 'image/webp':
      return Buffer.from('52494646fffffff75745425056503820', 'hex');
    case 'audio/wav':
      return Buffer.from('52494646ffffff7f57415645666d7420100000000100020044ac0000', 'hex');
    default:
      return Buffer.from('49443304000000000000fffb9000', 'hex');
  }
}
