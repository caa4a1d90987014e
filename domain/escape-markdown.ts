/** All characters that begin markup, a link, an entity or a formula in the Web UI's Markdown. */
const markup = /[\\`*_{}[\]<>()|#~$&!:@]/g;

/** Turns a text into one line of Markdown that renders as exactly this text. */
export function escapeMarkdown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(markup, '\\$&');
  // Lists and headings begin at the start of a line.
  return line.replace(/^([-+=]|\d+(?=\.))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** Reverses `escapeMarkdown`. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
