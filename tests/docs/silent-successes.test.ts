import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';

interface Proof {
  readonly file: string;
  /** Part of a title, or of a case's name; empty where the whole file is meant. */
  readonly title: string;
}

const page = await readFile(join(packageRoot(), 'docs', 'silent-successes.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && line.includes('.test.ts'));

test('every silent success names its tests', () => {
  expect(rows.length).toBe(page.split('\n').filter((line) => line.startsWith('| ')).length - 2);
});

test.each(rows.flatMap(readProofs))('$file: $title', async ({ file, title }) => {
  expect(await readFile(join(packageRoot(), file), 'utf8')).toContain(title);
});

/** Reads files and quotes of the last cell, in order. A file without a folder lies beside the one before it. */
function readProofs(row: string): Proof[] {
  const cell = row.split('|').at(-2) ?? '';
  const proofs: Proof[] = [];
  let file = '';
  for (const [, path, title] of cell.matchAll(/`([^`]+\.test\.ts)`|"([^"]+)"/g)) {
    if (path !== undefined) file = path.includes('/') ? path : join(file, '..', path);
    proofs.push({ file, title: title ?? '' });
  }
  return proofs;
}
