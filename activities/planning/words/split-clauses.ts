import { findQuoted } from './quoted.ts';

/** A part of a sentence, and the mark with its space that follows. */
export interface Clause {
  readonly text: string;
  readonly mark: string;
}

/** Splits at the marks that a reader pauses at, but not within quotation marks, brackets or `1,000`. */
export function splitClauses(text: string): Clause[] {
  const quoted = findQuoted(text);
  const clauses: Clause[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(/(?:[,;:؛،](?=\s)|[、，；：])\s*|\s[–—-]\s|\s*—\s*/gu)) {
    if (quoted[index] === true || index <= start) continue;
    clauses.push({ text: text.slice(start, index), mark });
    start = index + mark.length;
  }
  return [...clauses, { text: text.slice(start), mark: '' }];
}

/** Puts clauses together again. */
export function joinClauses(clauses: readonly Clause[]): string {
  return clauses
    .map(({ text, mark }, at) => (at === clauses.length - 1 ? text : text + mark))
    .join('')
    .trim();
}
