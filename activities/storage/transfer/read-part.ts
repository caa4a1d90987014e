import type { PartBuffer } from '../part-buffer-pool.ts';
import type { PartPlan } from './part-plan.ts';
import type { RangedFile } from './ranged-file.ts';
import { readRange } from './read-range.ts';
import type { SourceAnswer } from './source-answer.ts';
import type { TransferContext } from './transfer-request.ts';

/** One part to be read. */
export interface PartRead {
  readonly file: RangedFile;
  readonly part: PartPlan;
  readonly buffer: PartBuffer;
  /** An answer already open whose body is this part. */
  readonly first?: SourceAnswer;
}

/** Fills the buffer with a part of the file and returns the filled bytes. */
export async function readPart(context: TransferContext, read: PartRead): Promise<Buffer> {
  const { file, part, buffer, first } = read;
  const chunks = readRange({
    source: file.source,
    limits: context.limits,
    signal: context.signal,
    start: part.start,
    end: part.end,
    etag: file.etag,
    ...(first !== undefined && { first }),
  });
  let filled = 0;
  for await (const chunk of chunks) filled += chunk.copy(buffer.bytes, filled);
  return buffer.bytes.subarray(0, filled);
}
