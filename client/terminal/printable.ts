/** Control characters, among them one-character forms of escape sequences; ends of lines; marks that turn text around. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** Words from elsewhere, fit for one line of a terminal: no way to move its cursor, or to show what is not there. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ');
}

/** Words of several lines, each of them printable. Whatever goes to a terminal passes here, or `printableJson`. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** JSON of the same value that is printable too. */
export function printableJson(value: unknown, replacer?: (name: string, value: unknown) => unknown): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, replacer).replace(unprintable, (text) => Array.from(text, escape).join(''));
}

/** Cuts to so many characters, the last of them an ellipsis. */
export function cut(text: string, width: number): string {
  const characters = Array.from(text);
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** E.g. `12.3 MB`. */
export function showBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
