/**
 * Numbers from outside: headers, answers of hosts, the ends of predictions. All of them are read through here, so that
 * no host's number makes a unit sleep for years or cost infinitely much.
 */

/** The longest wait of a unit on anybody's word, in milliseconds: one hour. */
export const longestWaitMs = 3_600_000;

/** More digits than any number that we read; longer texts are ignored. */
const mostCharacters = 40;

export interface NumberBounds {
  /** Inclusive. Default 0. */
  readonly least?: number;
  /** Inclusive. Default: the largest whole number that JavaScript counts to. */
  readonly most?: number;
}

/** @returns the number, also from text; undefined for everything else and for values out of bounds */
export function readNumber(value: unknown, bounds: NumberBounds = {}): number | undefined {
  const { least = 0, most = Number.MAX_SAFE_INTEGER } = bounds;
  const number = toNumber(value);
  return number !== undefined && number >= least && number <= most ? number : undefined;
}

/** Like `readNumber`, for whole numbers only. */
export function readWhole(value: unknown, bounds: NumberBounds = {}): number | undefined {
  const number = readNumber(value, bounds);
  return Number.isInteger(number) ? number : undefined;
}

/** A delay between nothing and an hour, in milliseconds. @param fallbackMs in place of NaN */
export function clampWaitMs(waitMs: number, fallbackMs = 0): number {
  if (Number.isNaN(waitMs)) return clampWaitMs(fallbackMs);
  return Math.min(longestWaitMs, Math.max(0, waitMs));
}

/**
 * The delay of a `Retry-After` header, in milliseconds, an hour at most: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @returns undefined for any other text, for a negative number, and for a past date: a clock is wrong, or the answer is
 *   old, and the next source of a delay counts
 */
export function readRetryAfterMs(text: string | undefined, nowMs = Date.now()): number | undefined {
  const trimmed = (text ?? '').trim();
  // Hundreds of digits are a number as well, and are clamped.
  if (/^\d+(\.\d+)?$/.test(trimmed)) return clampWaitMs(Number(trimmed) * 1000);
  if (!/^[A-Za-z]{3}/.test(trimmed)) return readScientific(trimmed);
  // The oldest form of a date names no zone and means GMT: `Sun Nov  6 08:49:37 1994`.
  const zone = /\d{4}$/.test(trimmed) ? ' GMT' : '';
  const waitMs = Date.parse(`${trimmed.slice(0, mostCharacters)}${zone}`) - nowMs;
  return waitMs > 0 ? clampWaitMs(waitMs) : undefined;
}

/** `1e12` is invalid HTTP, and some gateways write it. */
function readScientific(text: string): number | undefined {
  return /^\d+(\.\d+)?e\+?\d+$/i.test(text) ? clampWaitMs(Number(text) * 1000) : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > mostCharacters) return undefined;
  const isWritten = /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(value);
  return isWritten && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
