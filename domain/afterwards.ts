import { BeatreelFailure } from './beatreel-failure.ts';

/**
 * Does what is to be done after a failure. Where that fails as well, its failure decides what follows, and says the first
 * one before its own.
 */
export async function afterwards(first: unknown, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (second) {
    if (!(second instanceof BeatreelFailure) || !(first instanceof Error)) throw second;
    const { type, retryAfterMs, details } = second;
    throw new BeatreelFailure(type, `${first.message} After that: ${second.message}`, {
      cause: first,
      details,
      retryAfterMs,
    });
  }
}
