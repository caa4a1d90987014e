import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { discard } from '../safe-request.ts';
import { createRateWatch, type RateWatch } from './rate-watch.ts';
import type { Source } from './source.ts';
import type { ByteRange, SourceAnswer } from './source-answer.ts';
import { interrupted, SourceChanged } from './transfer-errors.ts';
import type { TransferLimits } from './transfer-request.ts';

/** A read that may lose its connection in between. */
export interface RangeRead {
  readonly source: Source;
  readonly limits: TransferLimits;
  readonly signal: AbortSignal;
  /** An open answer whose body begins at the first wanted byte. Default: requested. */
  readonly first?: SourceAnswer;
  /** The wanted bytes; without a known end, the whole body of the first answer. */
  readonly start: number;
  readonly end: number | undefined;
  /** Version to stay with. Without it a lost connection cannot be continued and ends the read. */
  readonly etag: string | undefined;
  /** Receives every chunk first, with its offset from `start`, 0-based. An error that it throws ends the read. */
  readonly onChunk?: ((chunk: Buffer, offset: number) => void) | undefined;
}

/** Chunks held without a reader: each is one read of a socket, 64 KiB at most. */
const heldChunks = 2;

/**
 * The bytes of a range in order, passed on as they arrive from the socket. A lost connection is continued at the byte
 * where it broke off, with If-Match, so two versions can never be spliced.
 *
 * Ends in SourceChanged when the version is gone, and in BeatreelFailure `ProviderUnavailable` when the source is too
 * slow, or breaks off and cannot be continued, or sends more than was requested.
 */
export class RangeStream extends Readable {
  /** The source's failure; undefined without one, and when somebody else ended the stream. */
  sourceFailure: { readonly error: unknown } | undefined;
  readonly #read: RangeRead;
  readonly #rate: RateWatch;
  #next: number;
  #failures = 0;
  #isOpening = false;
  #body: Readable | undefined;

  constructor(read: RangeRead) {
    // Object mode keeps held chunks separate: joining would copy them.
    super({ objectMode: true, highWaterMark: heldChunks });
    this.#read = read;
    this.#rate = createRateWatch(read.limits);
    this.#next = read.start;
    // The reader receives errors; an error without a reader must not end the process.
    this.on('error', () => undefined);
  }

  override _read(): void {
    if (this.#body !== undefined) {
      this.#rate.beginWait();
      this.#body.resume();
    } else if (!this.#isOpening) {
      const { first } = this.#read;
      void this.#open(() => (first === undefined ? reopen(this.#read, this.#next) : Promise.resolve(first)));
    }
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#letGo();
    // An answer that was opened before has no other reader.
    if (this.#read.first !== undefined) discard(this.#read.first.body);
    done(error);
  }

  async #open(answer: () => Promise<SourceAnswer>): Promise<void> {
    this.#isOpening = true;
    try {
      this.#listen((await answer()).body);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isOpening = false;
    }
  }

  #listen(body: Readable): void {
    if (this.destroyed) {
      discard(body);
      return;
    }
    this.#body = body;
    this.#rate.beginWait();
    const whileOpen = (act: () => void) => () => {
      if (this.#body === body) act();
    };
    body.on('data', (chunk: Buffer) => {
      if (this.#body === body) this.#take(chunk);
    });
    body.on(
      'end',
      whileOpen(() => {
        this.#endOfBody();
      }),
    );
    body.on('error', (error: Error) => {
      if (this.#body === body) this.#goOn(error);
    });
    body.on(
      'close',
      whileOpen(() => {
        this.#goOn(interrupted('The connection to the host was closed.'));
      }),
    );
  }

  #take(chunk: Buffer): void {
    const { start, end, onChunk } = this.#read;
    try {
      this.#rate.received(chunk.byteLength);
    } catch (error) {
      // The last bytes are read again after the reconnect.
      this.#goOn(error);
      return;
    }
    const offset = this.#next - start;
    this.#next += chunk.byteLength;
    try {
      if (end !== undefined && this.#next > end + 1)
        throw new SourceChanged('it sends more than it announced');
      onChunk?.(chunk, offset);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (this.push(chunk)) return;
    this.#rate.endWait();
    this.#body?.pause();
  }

  #endOfBody(): void {
    const { end } = this.#read;
    if (end !== undefined && this.#next !== end + 1) {
      this.#goOn(interrupted(`The host ended a file at byte ${this.#next} of ${end + 1}.`));
      return;
    }
    this.#letGo();
    this.push(null);
  }

  #goOn(error: unknown): void {
    this.#letGo();
    const failures = this.#failures;
    this.#failures += 1;
    const next = this.#next;
    void this.#open(async () => {
      await requireContinuable(this.#read, { error, failures, next });
      return reopen(this.#read, next);
    });
  }

  #letGo(): void {
    const body = this.#body;
    this.#body = undefined;
    this.#rate.endWait();
    if (body !== undefined) discard(body);
  }

  #fail(error: unknown): void {
    this.sourceFailure ??= { error };
    this.destroy(error instanceof Error ? error : new Error(String(error)));
  }
}

async function reopen({ source, end, etag }: RangeRead, next: number): Promise<SourceAnswer> {
  const range: ByteRange = { start: next, end: end ?? Number.MAX_SAFE_INTEGER };
  const answer = await source.open({ range, etag });
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
