import { BeatreelFailure } from './beatreel-failure.ts';

/**
 * Runs the follow-up of a failure. If the follow-up fails as well, its failure type decides what happens next, and its
 * message starts with that of the first failure.
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
