import { setTimeout as delay } from 'node:timers/promises';

import { ServerBusy } from '../errors/server-busy.ts';
import { ServerUnreachable } from '../errors/server-unreachable.ts';

/** Errors that waiting may cure. */
export type ServerSilence = ServerUnreachable | ServerBusy;

/** As long as the steps of a video wait out an outage of the store or of the workers. */
const longestSilenceMs = 6 * 3_600_000;
/** Frequent enough for a waiting person, and light enough for a recovering server. */
const longestPauseMs = 30_000;

/** Bridges outages and throttling of Temporal during waits of hours. */
export class Outages {
  readonly #onSilence: ((error: ServerSilence) => void) | undefined;
  readonly #now: () => number;
  #since: number | undefined;
  #unanswered = 0;

  /**
   * @param onSilence called once for every silence, with the first error
   * @param now a clock in milliseconds
   */
  constructor(onSilence?: (error: ServerSilence) => void, now = () => performance.now()) {
    this.#onSilence = onSilence;
    this.#now = now;
  }

  /** @returns undefined while the server has not served for less than six hours */
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
   * The pause before the next question, in milliseconds: doubles with every unanswered one in a row, and is shortened
   * at random by up to a half, so that waiting clients do not return all at once.
   */
  pauseMs(usualMs: number): number {
    if (this.#unanswered === 0) return usualMs;
    const longestMs = Math.min(longestPauseMs, usualMs * 2 ** this.#unanswered);
    return longestMs * (1 - Math.random() / 2);
  }
}

/** Waits, or throws an aborted signal's own reason. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  try {
    await delay(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
