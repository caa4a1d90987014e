import { setTimeout as sleep } from 'node:timers/promises';

/** The longest timer: Node fires a longer one at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Resolves at a moment (milliseconds since 1970), at once when it is past.
 *
 * @throws AbortError when the signal fires first
 */
export async function sleepUntil(moment: number, signal: AbortSignal): Promise<void> {
  for (let left = moment - Date.now(); left > 0; left = moment - Date.now()) {
    await sleep(Math.min(left, longestTimerMs), undefined, { signal });
  }
  signal.throwIfAborted();
}
