/**
 * Numbers that somebody else wrote: headers, answers of hosts, the ends of predictions. Everything that reads one goes
 * through here, so that no unit sleeps for years, and nothing costs infinitely much, because a host says so.
 */

/** The longest that a unit waits on anybody's word, in milliseconds: one hour. */
export const longestWaitMs = 3_600_000;

/** More digits than any number that we read; longer texts are not looked at. */
const mostCharacters = 40;

export interface NumberBounds {
  /** Inclusive. Default 0. */
  readonly least?: number;
  /** Inclusive. Default: the largest whole number that JavaScript counts to. */
  readonly most?: number;
}

/** @returns the number, also where it is written as text; undefined for everything else and for what lies out of bounds */
export function readNumber(value: unknown, bounds: NumberBounds = {}): number | undefined {
  const { least = 0, most = Number.MAX_SAFE_INTEGER } = bounds;
  const number = toNumber(value);
  return number !== undefined && number >= least && number <= most ? number : undefined;
}

/** As `readNumber`, and of whole numbers only. */
export function readWhole(value: unknown, bounds: NumberBounds = {}): number | undefined {
  const number = readNumber(value, bounds);
  return Number.isInteger(number) ? number : undefined;
}

/** A delay between nothing and an hour, in milliseconds. @param fallbackMs for what is no number */
export function clampWaitMs(waitMs: number, fallbackMs = 0): number {
  if (Number.isNaN(waitMs)) return clampWaitMs(fallbackMs);
  return Math.min(longestWaitMs, Math.max(0, waitMs));
}

/**
 * How long `Retry-After` asks for, in milliseconds, an hour at most: seconds, or a date (RFC 9110, 10.2.3).
 *
 * @returns undefined for a text that is neither, for a negative number, and for a date that is past: a clock is wrong, or
 *   the answer is old, and the next word on the delay counts
 */
export function readRetryAfterMs(text: string | undefined, nowMs = Date.now()): number | undefined {
  const trimmed = (text ?? '').trim();
  // Hundreds of digits are a number as well: one that is clamped.
  if (/^\d+(\.\d+)?$/.test(trimmed)) return clampWaitMs(Number(trimmed) * 1000);
  if (!/^[A-Za-z]{3}/.test(trimmed)) return readScientific(trimmed);
  // The oldest form of a date names no zone and means GMT: `Sun Nov  6 08:49:37 1994`.
  const zone = /\d{4}$/.test(trimmed) ? ' GMT' : '';
  const waitMs = Date.parse(`${trimmed.slice(0, mostCharacters)}${zone}`) - nowMs;
  return waitMs > 0 ? clampWaitMs(waitMs) : undefined;
}

/** `1e12` is no HTTP, and some gateways write it. */
function readScientific(text: string): number | undefined {
  return /^\d+(\.\d+)?e\+?\d+$/i.test(text) ? clampWaitMs(Number(text) * 1000) : undefined;
}

function toNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || value.length > mostCharacters) return undefined;
  const isWritten = /^\s*[+-]?\d+(\.\d+)?(e[+-]?\d+)?\s*$/i.test(value);
  return isWritten && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
