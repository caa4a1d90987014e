import { failureTypes } from '../../domain/failure-types.ts';
import { failureTable } from '../../domain/failures.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/**
 * Reads of what is paid for are tried again also where the host refuses them: a key that is being changed must not
 * give up a prediction that runs, nor its file.
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
