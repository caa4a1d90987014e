import { setTimeout as delay } from 'node:timers/promises';

import { ServerBusy } from '../errors/server-busy.ts';
import { ServerUnreachable } from '../errors/server-unreachable.ts';

/** Errors that may pass by waiting. */
export type ServerSilence = ServerUnreachable | ServerBusy;

/** As long as the steps of a video wait out an outage of the store or of the workers. */
const longestSilenceMs = 6 * 3_600_000;
/** Often enough for somebody who waits, and no load for a server that recovers. */
const longestPauseMs = 30_000;

/** Bridges outages of Temporal, and times in which it throttles, for somebody who waits for hours. */
export class Outages {
  readonly #onSilence: ((error: ServerSilence) => void) | undefined;
  readonly #now: () => number;
  #since: number | undefined;
  #unanswered = 0;

  /**
   * @param onSilence told once for every silence, with the first error
   * @param now a clock in milliseconds
   */
  constructor(onSilence?: (error: ServerSilence) => void, now = () => performance.now()) {
    this.#onSilence = onSilence;
    this.#now = now;
  }

  /** @returns undefined when the server does not serve, and has not done so for less than six hours */
  async ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await question();
      this.#since = undefined;
      this.#unanswered = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof ServerUnreachable || error instanceof ServerBusy)) throw error;
      if (this.#since === undefined) this.#onSilence?.(error);
      this.#since ??= this.#now();
      this.#unanswered += 1;
      if (this.#now() - this.#since > longestSilenceMs) throw error;
      return undefined;
    }
  }

  /**
   * How long to rest before the next question, in milliseconds: twice as long with every one in a row that was not
   * answered, and less by up to a half, so that not all who wait come back at once.
   */
  pauseMs(usualMs: number): number {
    if (this.#unanswered === 0) return usualMs;
    const longestMs = Math.min(longestPauseMs, usualMs * 2 ** this.#unanswered);
    return longestMs * (1 - Math.random() / 2);
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
