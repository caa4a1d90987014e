import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { BeatreelFailure } from '../../runtime/failures.ts';
import { discard } from '../safe-request.ts';
import { createRateWatch } from './rate-watch.ts';
import type { Source } from './source.ts';
import type { ByteRange, SourceAnswer } from './source-answer.ts';
import { interrupted, SourceChanged } from './transfer-errors.ts';
import type { TransferLimits } from './transfer-request.ts';

/** A read that may lose its connection on the way. */
export interface RangeRead {
  readonly source: Source;
  readonly limits: TransferLimits;
  readonly signal: AbortSignal;
  /** An answer already open whose body begins at the first byte wanted. Default: asked for. */
  readonly first?: SourceAnswer;
  /** The bytes wanted; without a known end, whatever the first answer's body holds. */
  readonly start: number;
  readonly end: number | undefined;
  /** Version to stay with. Without it a lost connection cannot be continued: it ends the read. */
  readonly etag: string | undefined;
}

/**
 * Yields the bytes of a range in order. A lost connection is continued at the byte where it broke off, with If-Match,
 * so two versions can never be spliced.
 *
 * @throws SourceChanged when the version is gone; BeatreelFailure `ProviderUnavailable` when the source is too slow, or
 *   breaks off and cannot be continued, or sends more than was asked for
 */
export async function* readRange(read: RangeRead): AsyncGenerator<Buffer> {
  let next = read.start;
  let answer = read.first ?? (await reopen(read, next));
  for (let failures = 0; ; failures += 1) {
    try {
      for await (const chunk of watched(answer.body, read)) {
        next += chunk.byteLength;
        if (read.end !== undefined && next > read.end + 1)
          throw new SourceChanged('it sends more than it announced');
        yield chunk;
      }
      if (read.end === undefined || next === read.end + 1) return;
      throw interrupted(`${answer.host} ended a file at byte ${next} of ${read.end + 1}.`);
    } catch (error) {
      await requireContinuable(read, { error, failures, next });
    } finally {
      discard(answer.body);
    }
    answer = await reopen(read, next);
  }
}

async function reopen({ source, end, etag }: RangeRead, next: number): Promise<SourceAnswer> {
  const range: ByteRange = { start: next, end: end ?? Number.MAX_SAFE_INTEGER };
  const answer = await source.open({ range, ...(etag !== undefined && { etag }) });
  if (end === undefined || answer.range?.end === end) return answer;
  discard(answer.body);
  throw new SourceChanged(`it has ${answer.totalBytes ?? 'an unknown number of'} bytes now`);
}

interface BrokenRead {
  readonly error: unknown;
  readonly failures: number;
  readonly next: number;
}

async function requireContinuable(read: RangeRead, { error, failures, next }: BrokenRead): Promise<void> {
  read.signal.throwIfAborted();
  if (error instanceof SourceChanged) throw error;
  if (read.etag === undefined || read.end === undefined || failures >= read.limits.reconnects) {
    if (error instanceof BeatreelFailure) throw error;
    const code: unknown =
      error instanceof Error ? (Reflect.get(error, 'code') ?? error.name) : 'an unknown error';
    throw interrupted(`The host broke off at byte ${next} with ${String(code)}.`, error);
  }
  await pause(read.limits.reconnectPauseMs * 2 ** failures, undefined, { signal: read.signal });
}

async function* watched(body: Readable, { limits }: RangeRead): AsyncGenerator<Buffer> {
  const rate = createRateWatch(limits);
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const next = await rate.whileWaiting(() => chunks.next());
    if (next.done === true) return;
    rate.received(next.value.byteLength);
    yield next.value;
  }
}
