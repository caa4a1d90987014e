/** A section of `docs/failures.md`. */
export interface FailureSection {
  /** Its heading. */
  readonly name: string;
  /** The section for a terminal: without Markdown syntax. */
  readonly text: string;
}

/** The names of all sections, in order. */
export function listSections(document: string): string[] {
  return readSections(document).map(({ name }) => name);
}

/** The section with this name, in any case; without one, those whose name contains the words. */
export function findSections(document: string, wanted: string): FailureSection[] {
  const sections = readSections(document);
  const lower = wanted.toLowerCase();
  const named = sections.filter(({ name }) => name.toLowerCase() === lower);
  return named.length > 0 ? named : sections.filter(({ name }) => name.toLowerCase().includes(lower));
}

/** The command that explains a failure. */
export function explainCommand(name: string): string {
  return `More: beatreel explain ${name}`;
}

function readSections(document: string): FailureSection[] {
  const [, ...parts] = document.split(/^### /m);
  return parts.map((part) => {
    const [name = '', ...lines] = part.split('\n');
    const [body = ''] = lines.join('\n').split(/^## /m);
    return { name, text: toPlain(body.trim()) };
  });
}

function toPlain(markdown: string): string {
  return markdown.replaceAll('**', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
