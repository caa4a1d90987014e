import { type StoredPart, uploadPart } from '../multipart-upload.ts';
import type { PartBuffer } from '../part-buffer-pool.ts';
import type { PartPlan } from './part-plan.ts';
import type { PartSequence } from './part-sequence.ts';
import type { RangedFile } from './ranged-file.ts';
import { readPart } from './read-part.ts';
import type { TransferContext, TransferProgress } from './transfer-request.ts';

/** Parts on their way from the source into an upload. */
export interface MovedFile extends RangedFile {
  readonly uploadId: string;
  /** Parts that already lie in the store. */
  readonly stored: readonly StoredPart[];
  readonly missing: readonly PartPlan[];
  /** Buffer that already holds the first missing part; it is released here. */
  readonly firstBuffer?: PartBuffer;
  /** Sees every part in order, where the whole file passes by. */
  readonly sequence?: PartSequence;
}

/**
 * Reads and uploads the missing parts, a few at a time, and reports each one.
 * On the first failure the others are stopped and waited for, so nothing lands after it has thrown.
 *
 * @returns all parts in order
 */
export async function moveParts(context: TransferContext, file: MovedFile): Promise<StoredPart[]> {
  const stored = [...file.stored];
  const queue = [...file.missing];
  let { firstBuffer } = file;
  report(context, file, stored);

  async function work(): Promise<void> {
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      const filled = firstBuffer;
      firstBuffer = undefined;
      stored.push(await movePart(context, { file, part, filled }));
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

interface PartMove {
  readonly file: MovedFile;
  readonly part: PartPlan;
  /** Buffer that already holds the part. */
  readonly filled: PartBuffer | undefined;
}

async function movePart(context: TransferContext, { file, part, filled }: PartMove): Promise<StoredPart> {
  const { s3, partBuffers, request, signal } = context;
  const buffer = filled ?? (await partBuffers.acquire(signal));
  let spoiled = true;
  try {
    const bytes =
      filled === undefined
        ? await readPart(context, { file, part, buffer })
        : buffer.bytes.subarray(0, part.end - part.start + 1);
    const { uploadId, sequence } = file;
    const upload = uploadPart(s3, { key: request.key, uploadId, partNumber: part.partNumber, bytes, signal });
    // Both read the buffer: it goes back only when both are done.
    const [uploaded, seen] = await Promise.allSettled([upload, sequence?.offer(part.partNumber, bytes)]);
    if (seen.status === 'rejected') throw seen.reason;
    if (uploaded.status === 'rejected') throw uploaded.reason;
    spoiled = false;
    return uploaded.value;
  } finally {
    buffer.release({ spoiled });
  }
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
