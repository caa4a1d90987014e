/** Everything that begins markup, a link, an entity or a formula in the Web UI's Markdown. */
const markup = /[\\`*_{}[\]<>()|#~$&!:@]/g;

/** A text as one line of Markdown that shows the text itself and nothing else. */
export function escapeMarkdown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(markup, '\\$&');
  // A list or a heading begins where a line does.
  return line.replace(/^([-+=]|\d+(?=\.))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** The text that was escaped. */
export function unescapeMarkdown(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}
