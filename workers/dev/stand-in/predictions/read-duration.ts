/**
 * Reads a `Cancel-After` header: `90`, `90s`, `5m`, `1h30m45s`.
 *
 * @returns seconds; undefined for anything else, and for less than the host's five seconds
 */
export function readDurationSeconds(header: string): number | undefined {
  if (/^\d+$/.test(header)) return atLeastFive(Number(header));
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(header);
  if (match === null || header === '') return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part || 0));
  return atLeastFive(hours * 3600 + minutes * 60 + seconds);
}

function atLeastFive(seconds: number): number | undefined {
  return seconds >= 5 ? seconds : undefined;
}
