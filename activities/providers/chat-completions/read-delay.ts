import type { ChatAnswer } from './chat-http.ts';

/** Used where a server throttles and names no delay, in milliseconds. */
const defaultDelayMs = 5_000;
/** No longer than a person would wait before asking what is the matter, in milliseconds. */
const longestDelayMs = 5 * 60_000;

/** How long a server that throttles wants to be left alone, in milliseconds: `Retry-After` in seconds or as a date. */
export function readDelay(headers: ChatAnswer['headers']): number {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN);
  const asked = Number.isFinite(milliseconds) ? milliseconds : readRetryAfter(headers['retry-after']);
  return Math.min(Math.max(asked ?? defaultDelayMs, 0), longestDelayMs);
}

function readRetryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  const delayMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(delayMs) ? delayMs : undefined;
}
