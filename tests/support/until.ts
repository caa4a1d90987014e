import { setTimeout as pause } from 'node:timers/promises';

export interface UntilOptions {
  /** Told when it never comes true. */
  readonly what: string;
  /** Default: 540: it ends a test that hangs, and must not end one on a machine that is busy. */
  readonly timeoutSeconds?: number;
}

/**
 * Looks until something is there, and returns it.
 *
 * @param look undefined or false while it is not
 * @throws Error naming what was waited for
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
