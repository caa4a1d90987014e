import type { StoredPart } from '../multipart-upload.ts';
import { type BegunPart, movePart } from './move-part.ts';
import type { PartPlan } from './part-plan.ts';
import type { PartSequence } from './part-sequence.ts';
import type { RangedFile } from './source.ts';
import type { TransferContext, TransferProgress } from './transfer-request.ts';

/** A file's parts in transit from the source into an upload. */
export interface MovedFile extends RangedFile {
  readonly uploadId: string;
  /** Parts already in the store. */
  readonly stored: readonly StoredPart[];
  readonly missing: readonly PartPlan[];
  /** The first missing part, if it is already being read. */
  readonly begun?: BegunPart;
  /** Receives every part in order, when the whole file passes by. */
  readonly sequence?: PartSequence;
}

/**
 * Moves the missing parts, a few at a time and started in order, and reports each one.
 * On the first failure it stops the others and waits for them, so nothing lands after it has thrown.
 *
 * @returns all parts in order
 */
export async function moveParts(context: TransferContext, file: MovedFile): Promise<StoredPart[]> {
  const stored = [...file.stored];
  const queue = [...file.missing];
  let { begun } = file;
  report(context, file, stored);

  async function work(): Promise<void> {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      const move = { file, part, sequence: file.sequence, begun };
      begun = undefined;
      stored.push(await movePart(context, move));
      report(context, file, stored);
    }
  }
  const workers = Array.from({ length: context.limits.partsAtOnce }, async () => {
    try {
      await work();
    } catch (error) {
      context.stop(error);
      file.sequence?.fail(error);
    }
  });
  await Promise.all(workers);
  context.signal.throwIfAborted();
  return inOrder(stored);
}

function report({ request }: TransferContext, file: MovedFile, stored: readonly StoredPart[]): void {
  const progress: TransferProgress = {
    uploadId: file.uploadId,
    etag: file.etag,
    totalBytes: file.totalBytes,
    storedBytes: stored.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    parts: inOrder(stored).map(({ partNumber, etag, sizeBytes }) => ({ partNumber, etag, sizeBytes })),
  };
  request.onProgress(progress);
}

function inOrder(parts: readonly StoredPart[]): StoredPart[] {
  return [...parts].sort((one, other) => one.partNumber - other.partNumber);
}
