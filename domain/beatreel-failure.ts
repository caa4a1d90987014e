import type { FailureType } from './failure-types.ts';

/** The parts of a failure besides its sentence. */
export interface BeatreelFailureOptions {
  readonly cause?: unknown;
  /** Delay before the next try, as the other side asked. Default: the retry policy's. */
  readonly retryAfterMs?: number;
  /** JSON-safe facts for the caller: fields, values, rules, counts. Never a key, never a signed address. */
  readonly details?: unknown;
}

/**
 * An error of ours. Adapters, storage and media throw it; `toApplicationFailure` turns it into what Temporal
 * stores. `type` decides whether it is retried.
 */
export class BeatreelFailure extends Error {
  readonly type: FailureType;
  readonly retryAfterMs: number | undefined;
  readonly details: unknown;

  constructor(type: FailureType, message: string, options: BeatreelFailureOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = type;
    this.type = type;
    this.retryAfterMs = options.retryAfterMs;
    this.details = options.details;
  }
}
