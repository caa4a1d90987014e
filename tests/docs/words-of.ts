/** The words of a page of Markdown, however prettier sets its tables and lines. */
export function wordsOf(markdown: string): string[] {
  return markdown
    .replace(/-{3,}/g, '---')
    .replace(/\\(?=[*_])/g, '')
    .split(/\s+/)
    .filter(Boolean);
}
