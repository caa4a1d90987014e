/** @returns the delay that a `Retry-After` header in seconds asks for, in milliseconds; undefined without one */
export function readRetryAfterMs(header: string | undefined): number | undefined {
  const seconds = header === undefined || header.trim() === '' ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
