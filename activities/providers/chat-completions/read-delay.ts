import { readNumber, readRetryAfterMs } from '../../../domain/outside-numbers.ts';
import type { ChatAnswer } from './chat-http.ts';

/** Used where a server throttles and names no delay, in milliseconds. */
const defaultDelayMs = 5_000;
/** No longer than a person would wait before asking what is the matter, in milliseconds. */
const longestDelayMs = 5 * 60_000;

/** How long a server that throttles wants to be left alone, in milliseconds: `Retry-After` in seconds or as a date. */
export function readDelay(headers: ChatAnswer['headers']): number {
  const asked = readNumber(headers['retry-after-ms']) ?? readRetryAfterMs(headers['retry-after']);
  return Math.min(asked ?? defaultDelayMs, longestDelayMs);
}
