/** Enough for twenty problems of a brief, or the last words of ffmpeg; history, logs and terminals keep it many times. */
const mostCharacters = 8_000;
/** Of facts beside a failure, as JSON. */
const mostDetailCharacters = 64 * 1024;

/** Cuts a text that goes into a failure or a log to what a person reads. */
export function capText(text: string, most = mostCharacters): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters in all)`;
}

/** @returns undefined for facts that are too large to be kept: the text says the first of them */
export function capDetails(details: unknown): unknown {
  if (details === undefined) return undefined;
  return JSON.stringify(details).length <= mostDetailCharacters ? details : undefined;
}
