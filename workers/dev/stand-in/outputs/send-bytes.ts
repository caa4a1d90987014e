import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';

/** The speed of a body, and the place where it breaks off. */
export interface Pace {
  /** Bytes after which `ending` happens instead of the rest. */
  readonly stopAfterBytes?: number;
  /**
   * `close` ends the connection, `reset` breaks it, `stall` leaves it open and silent, `finish` ends the answer well.
   */
  readonly ending?: 'close' | 'reset' | 'stall' | 'finish';
  readonly chunkBytes?: number;
  readonly delayMs?: number;
}

/** The target of a body. */
export interface BytesTarget {
  readonly response: ServerResponse;
  readonly pace: Pace;
  readonly onSent: (sizeBytes: number) => void;
}

/** Sends a body chunk by chunk, waiting for the reader, and ends the answer as `Pace` tells. */
export async function sendBytes(
  source: AsyncIterable<Buffer> | Iterable<Buffer>,
  { response, pace, onSent }: BytesTarget,
): Promise<void> {
  const { stopAfterBytes = Infinity, chunkBytes = Infinity, delayMs = 0 } = pace;
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  let left = stopAfterBytes;
  for await (const whole of source) {
    for (const chunk of cut(whole.subarray(0, left), chunkBytes)) {
      if (delayMs > 0) await sleep(delayMs, undefined, { signal: gone.signal });
      if (gone.signal.aborted) return;
      onSent(chunk.length);
      left -= chunk.length;
      if (!response.write(chunk)) await once(response, 'drain', { signal: gone.signal });
    }
    if (left <= 0) break;
  }
  if (left > 0) response.end();
  else endEarly(response, pace.ending ?? 'finish');
}

function* cut(bytes: Buffer, chunkBytes: number): Generator<Buffer> {
  for (let start = 0; start < bytes.length; start += chunkBytes) {
    yield bytes.subarray(start, Math.min(bytes.length, start + chunkBytes));
  }
}

function endEarly(response: ServerResponse, ending: NonNullable<Pace['ending']>): void {
  if (ending === 'stall') return;
  if (ending === 'finish') {
    response.end();
    return;
  }
  // An empty write calls back when everything before it has left.
  response.write('', () => {
    if (ending === 'reset') response.socket?.resetAndDestroy();
    else response.socket?.end();
  });
}
