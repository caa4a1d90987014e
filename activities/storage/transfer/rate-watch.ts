import { interrupted } from './transfer-errors.ts';
import type { TransferLimits } from './transfer-request.ts';

/** Catches a source that trickles: never idle for long, and never done. */
export interface RateWatch {
  /** Runs a wait for the source; only such time counts, so a slow store never blames the source. */
  whileWaiting<T>(wait: () => Promise<T>): Promise<T>;
  /** @throws BeatreelFailure `ProviderUnavailable` when a full window brought too little */
  received(bytes: number): void;
}

/** Starts watching; windows follow one another. */
export function createRateWatch({ minBytesPerSecond, rateWindowMs }: TransferLimits): RateWatch {
  let waitedMs = 0;
  let windowBytes = 0;
  return {
    async whileWaiting(wait) {
      const began = performance.now();
      try {
        return await wait();
      } finally {
        waitedMs += performance.now() - began;
      }
    },
    received(bytes) {
      windowBytes += bytes;
      if (waitedMs < rateWindowMs) return;
      const rate = Math.round((windowBytes * 1000) / waitedMs);
      if (rate < minBytesPerSecond) {
        throw interrupted(`The host sends ${rate} bytes a second; at least ${minBytesPerSecond} are needed.`);
      }
      waitedMs = 0;
      windowBytes = 0;
    },
  };
}
