import ts from 'typescript';

/** Counts the lines of code of a TypeScript or JavaScript text: neither blank nor comment only. */
export function countCodeLines(text: string): number {
  const source = ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);
  const lines = new Set<number>();
  markTokens(source);
  const written = text.split('\n');
  return [...lines].filter((line) => written[line]?.trim() !== '').length;

  function markTokens(node: ts.Node): void {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    for (const child of children) markTokens(child);
    if (children.length > 0 || node.getStart(source) === node.end) return;
    const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
    const last = source.getLineAndCharacterOfPosition(node.end).line;
    for (let line = first; line <= last; line += 1) lines.add(line);
  }
}

const folders = ['domain', 'workflows', 'activities', 'storage', 'client', 'workers'] as const;
const moved: readonly [from: string, to: string][] = [
  ['workflows/domain/', 'domain/'],
  ['workflows/contract/', 'domain/'],
  ['activities/storage/', 'storage/'],
];

/** The top folder to which a file's code counts, today's for moved files; undefined for other files. */
export function folderOf(path: string): string | undefined {
  if (!/\.(ts|mjs)$/.test(path)) return undefined;
  const [from = '', to = ''] = moved.find(([old]) => path.startsWith(old)) ?? [];
  const today = to + path.slice(from.length);
  return folders.find((folder) => today.startsWith(`${folder}/`));
}

/** Lines of code by top folder, and of all of them. */
export function countByFolder(files: Iterable<{ path: string; text: string }>): Record<string, number> {
  const lines: Record<string, number> = Object.fromEntries([...folders, 'all'].map((folder) => [folder, 0]));
  for (const { path, text } of files) {
    const folder = folderOf(path);
    if (folder === undefined) continue;
    for (const row of [folder, 'all']) lines[row] = (lines[row] ?? 0) + countCodeLines(text);
  }
  return lines;
}
