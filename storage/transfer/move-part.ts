import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { StoredPart } from '../multipart-upload.ts';
import { isMissingUpload } from '../storage-failure.ts';
import type { RoomReservation } from '../transfer-memory.ts';
import { type PartPlan, sizeOf } from './part-plan.ts';
import type { PartSequence } from './part-sequence.ts';
import type { RangedFile } from './source.ts';
import { RangeStream } from './read-range.ts';
import type { TransferContext } from './transfer-request.ts';

/** One part in transit from the source into an upload. */
export interface PartMove {
  readonly file: RangedFile & { readonly uploadId: string };
  readonly part: PartPlan;
  /** Receives every byte, when the whole file passes by. */
  readonly sequence: PartSequence | undefined;
  /** Bytes already in transit with their room; absent: both are requested. */
  readonly begun: BegunPart | undefined;
}

/** A part whose first bytes are already read. */
export interface BegunPart {
  readonly chunks: AsyncIterable<Buffer>;
  readonly room: RoomReservation;
}

/**
 * Pipes one part from the source into the store. When the store fails, only this part is read and sent again.
 * Settles when the part lies in the store and was consumed in its turn: until then its bytes may be in memory.
 */
export async function movePart(context: TransferContext, move: PartMove): Promise<StoredPart> {
  const room = move.begun?.room ?? (await reserveFor(context, move.part));
  try {
    const stored = await sendUntilStored(context, move);
    await move.sequence?.consumed(move.part.partNumber);
    return stored;
  } finally {
    room.release();
  }
}

/** Parts of a file of more than 70 GiB are larger than usual. */
function reserveFor({ memory, signal }: TransferContext, part: PartPlan): Promise<RoomReservation> {
  return memory.reserve(Math.ceil(sizeOf(part) / memory.partBytes), signal);
}

async function sendUntilStored(context: TransferContext, move: PartMove): Promise<StoredPart> {
  const { limits, signal } = context;
  let begun = move.begun?.chunks;
  for (let failures = 0; ; failures += 1) {
    try {
      return await sendOnce(
        context,
        move,
        begun === undefined ? readPart(context, move) : watchBegun(begun, move),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StoreBrokeOff)) throw error;
      if (failures >= limits.reconnects) throw error.cause;
    }
    begun = undefined;
    await pause(limits.reconnectPauseMs * 2 ** failures, undefined, { signal });
  }
}

async function sendOnce(
  context: TransferContext,
  { file, part }: PartMove,
  { body, failure }: WatchedBody,
): Promise<StoredPart> {
  try {
    return await context.partSender.send({
      key: context.request.key,
      uploadId: file.uploadId,
      partNumber: part.partNumber,
      sizeBytes: sizeOf(part),
      body,
      signal: context.signal,
    });
  } catch (error) {
    // An error of the source also breaks the sending; the source's error is the reason.
    const failed = failure();
    if (failed !== undefined) throw failed.error;
    throw mayBeSentAgain(error) ? new StoreBrokeOff(error) : error;
  } finally {
    if (body instanceof Readable) body.destroy();
  }
}

/** A body for the store, and the failure of its source once that has happened. */
interface WatchedBody {
  readonly body: AsyncIterable<Buffer>;
  readonly failure: () => { readonly error: unknown } | undefined;
}

function readPart({ limits, signal }: TransferContext, { file, part, sequence }: PartMove): WatchedBody {
  const { source, etag } = file;
  const { partNumber, start, end } = part;
  const onChunk =
    sequence &&
    ((chunk: Buffer, offset: number) => {
      sequence.take({ partNumber, offset, chunk });
    });
  const body = new RangeStream({ source, limits, signal, start, end, etag, onChunk });
  return { body, failure: () => body.sourceFailure };
}

/** Streams the part whose first bytes were examined before the upload began. */
function watchBegun(chunks: AsyncIterable<Buffer>, { part, sequence }: PartMove): WatchedBody {
  let failure: { readonly error: unknown } | undefined;
  async function* flow(): AsyncGenerator<Buffer> {
    let offset = 0;
    try {
      for await (const chunk of chunks) {
        sequence?.take({ partNumber: part.partNumber, offset, chunk });
        offset += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
  return { body: flow(), failure: () => failure };
}

/** A failure of the store that sending the part again may mend. */
class StoreBrokeOff extends Error {
  constructor(cause: unknown) {
    super('The store broke off.', { cause });
    this.name = 'StoreBrokeOff';
  }
}

function mayBeSentAgain(error: unknown): boolean {
  if (!(error instanceof BeatreelFailure) || isMissingUpload(error.cause)) return false;
  return error.type === failureTypes.providerUnavailable;
}
