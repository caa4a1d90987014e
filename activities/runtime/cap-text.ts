/** Enough for twenty problems of a brief, or the end of ffmpeg's log; history and logs keep the text many times. */
const mostCharacters = 8_000;
/** The most characters of a failure's details, as JSON. */
const mostDetailCharacters = 64 * 1024;

/** Cuts a text that goes into a failure or a log to what a person reads. */
export function capText(text: string, most = mostCharacters): string {
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters in all)`;
}

/** @returns undefined for details that are too large to keep; the message names the first of them */
export function capDetails(details: unknown): unknown {
  if (details === undefined) return undefined;
  return JSON.stringify(details).length <= mostDetailCharacters ? details : undefined;
}
