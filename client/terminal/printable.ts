/** Control characters, including one-character escape sequences; line ends; marks that reverse the text direction. */
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/g;

/** Makes foreign text safe for one line of a terminal: it can neither move the cursor nor fake other output. */
export function printable(text: string): string {
  return text.replace(unprintable, ' ');
}

/** Makes text of several lines printable. All terminal output goes through this function or `printableJson`. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}

/** Printable JSON of the value. */
export function printableJson(value: unknown, replacer?: (name: string, value: unknown) => unknown): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value, replacer).replace(unprintable, (text) => Array.from(text, escape).join(''));
}

/** Cuts to this many characters, including the ellipsis. */
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
