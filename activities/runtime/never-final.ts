import { failureTypes } from '../../domain/failure-types.ts';
import { failureTable } from '../../domain/failures.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/**
 * Makes failed reads of paid predictions retryable, even refusals: while a key is being changed, neither a running
 * prediction nor its file may be given up.
 */
export async function neverFinal<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (cause) {
    if (!(cause instanceof BeatreelFailure) || !failureTable[cause.type].isMendable) throw cause;
    throw new BeatreelFailure(failureTypes.providerUnavailable, cause.message, {
      cause,
      retryAfterMs: 10_000,
    });
  }
}
