import { setTimeout as delay } from 'node:timers/promises';

import { ServerUnreachable } from '../errors/server-unreachable.ts';

/** A server that restarts or fails over is back by then. */
const outageMs = 60_000;

/** Bridges short outages of Temporal for somebody who waits for hours. */
export class ShortOutages {
  #since: number | undefined;

  /** @returns undefined when the server does not answer, and has not done so for less than a minute */
  async bridge<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await question();
      this.#since = undefined;
      return answer;
    } catch (error) {
      if (!(error instanceof ServerUnreachable)) throw error;
      this.#since ??= performance.now();
      if (performance.now() - this.#since > outageMs) throw error;
      return undefined;
    }
  }
}

/** Waits, or throws the signal's own reason when it is aborted. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
