import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';

/** Ignored folders, and git's own, which a fresh clone lacks. */
const notCloned = new Set(['node_modules', '.git', '.beatreel', 'dist', 'out', 'logs']);

export interface FreshClone {
  readonly folder: string;
  remove(): Promise<void>;
}

/** The project's files as a newcomer gets them, in a folder of their own. */
export async function makeFreshClone(): Promise<FreshClone> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-clone-'));
  const root = packageRoot();
  await cp(root, folder, {
    recursive: true,
    filter: (path) => dirname(path) !== root || !notCloned.has(basename(path)),
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
