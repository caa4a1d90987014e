import { watchContainer } from './container-end.ts';
import type { RangedFile } from './source.ts';
import { RangeStream } from './read-range.ts';
import { cutAtHost } from './transfer-errors.ts';
import type { TransferContext } from './transfer-request.ts';

/** Enough for the header of an element, and often for a whole small one. */
const lookBytes = 256;
/** Footage has a handful of boxes; a file with more is fragmented, and its end cannot be proven anyway. */
const mostLooks = 32;

/**
 * Follows the structure of a large file at its source, from element to element and a few bytes at a time, before any of
 * it is moved: then its parts may pass in any order, and none of them is kept for inspection.
 *
 * @param head the first bytes, already read
 * @throws BeatreelFailure `ArtifactMissing` when the host's own copy is cut off
 */
export async function requireWholeAtSource(
  { limits, signal }: TransferContext,
  { source, etag, totalBytes }: RangedFile,
  { contentType, head }: { readonly contentType: string; readonly head: Buffer },
): Promise<void> {
  const container = watchContainer(contentType);
  container.push(head);
  // The end of a JPEG shows in its last bytes alone, if at all.
  if (contentType === 'image/jpeg') return;
  let next = head.byteLength;
  for (let looks = 0; ; looks += 1) {
    const skipped = Math.min(container.skippable(), totalBytes - next);
    container.skip(skipped);
    next += skipped;
    if (next === totalBytes) break;
    if (looks === mostLooks) return;
    const end = Math.min(next + lookBytes, totalBytes) - 1;
    const look = new RangeStream({ source, limits, signal, start: next, end, etag });
    for await (const chunk of look as AsyncIterable<Buffer>) container.push(chunk);
    next = end + 1;
  }
  if (container.end() === 'cut') throw cutAtHost(contentType, totalBytes);
}
