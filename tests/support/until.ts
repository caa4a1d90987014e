import { setTimeout as pause } from 'node:timers/promises';

export interface UntilOptions {
  /** The condition in words, for the error. */
  readonly what: string;
  /** Default: 540, which ends a test that hangs, but not one on a busy machine. */
  readonly timeoutSeconds?: number;
}

/**
 * Looks until a value is there, and returns it.
 *
 * @param look returns undefined or false until then
 * @throws Error naming the condition
 */
export async function until<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  { what, timeoutSeconds = 540 }: UntilOptions,
): Promise<T> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutSeconds} s in vain: ${what}.`);
    await pause(50);
  }
}
