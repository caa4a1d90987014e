import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { countByFolder, folderOf } from './code-lines.ts';

/** Counts lines of code by folder, beside those of a commit: `npm run count:lines -- --against REF --json`. */
process.chdir(packageRoot());
const { against, json } = parseArgs({
  options: { against: { type: 'string' }, json: { type: 'boolean' } },
}).values;

const now = await countTree();
const before = against === undefined ? undefined : await countCommit(against);
const rows = Object.keys(now).map((folder) => {
  const [lines = 0, earlier] = [now[folder], before?.[folder]];
  return {
    folder,
    ...(earlier === undefined ? { lines } : { before: earlier, lines, change: lines - earlier }),
  };
});
if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
// eslint-disable-next-line no-console -- a program prints its table
else console.table(rows);

async function countTree(): Promise<Record<string, number>> {
  const paths = (await git('ls-files', '-co', '--exclude-standard')).split('\n');
  return countFiles(paths.filter(existsSync), (path) => readFile(path, 'utf8'));
}

async function countCommit(ref: string): Promise<Record<string, number>> {
  const paths = (await git('ls-tree', '-r', '--name-only', ref)).split('\n');
  return countFiles(paths, (path) => git('show', `${ref}:${path}`));
}

async function countFiles(
  paths: string[],
  read: (path: string) => Promise<string>,
): Promise<Record<string, number>> {
  const files = [];
  for (const path of paths) {
    if (folderOf(path) !== undefined) files.push({ path, text: await read(path) });
  }
  return countByFolder(files);
}

async function git(...args: string[]): Promise<string> {
  return (await execa('git', args)).stdout;
}
