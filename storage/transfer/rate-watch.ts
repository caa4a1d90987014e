import { interrupted } from './transfer-errors.ts';
import type { TransferLimits } from './transfer-request.ts';

/** Catches a source that trickles: never idle for long, and never done. */
export interface RateWatch {
  /** Starts a wait for the source. Only such time counts, so a slow store blames no source. Safe to call again. */
  beginWait(): void;
  /** Ends a wait for the source. */
  endWait(): void;
  /** @throws BeatreelFailure `ProviderUnavailable` when a full window brought too little */
  received(bytes: number): void;
}

/** Starts watching in consecutive windows. */
export function createRateWatch({ minBytesPerSecond, rateWindowMs }: TransferLimits): RateWatch {
  let waitedMs = 0;
  let windowBytes = 0;
  let waitingSince: number | undefined;
  const count = () => {
    if (waitingSince === undefined) return;
    const now = performance.now();
    waitedMs += now - waitingSince;
    waitingSince = now;
  };
  return {
    beginWait() {
      waitingSince ??= performance.now();
    },
    endWait() {
      count();
      waitingSince = undefined;
    },
    received(bytes) {
      count();
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
