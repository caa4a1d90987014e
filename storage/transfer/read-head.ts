import { sniffedBytes } from '../sniff.ts';

/** Reads enough of a file to recognise its media type, or all of a shorter file. */
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
