import { sniffedBytes } from '../sniff.ts';

/** Reads from the beginning of a file as much as its media type is told by, or all of a shorter file. */
export async function readHead(chunks: AsyncIterator<Buffer>): Promise<Buffer> {
  const head: Buffer[] = [];
  let sizeBytes = 0;
  while (sizeBytes < sniffedBytes) {
    const next = await chunks.next();
    if (next.done === true) break;
    head.push(next.value);
    sizeBytes += next.value.byteLength;
  }
  return Buffer.concat(head);
}
