import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const prefix = 'beatreel-scratch-';

/**
 * Runs `work` in a folder of its own that is removed whatever happens.
 *
 * @param root where scratch folders are made; created when missing
 */
export async function withScratch<T>(root: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(root, { recursive: true });
  const folder = await mkdtemp(join(root, `${prefix}${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what workers of this machine left that were killed. Safe to run beside other workers. */
export async function sweepScratch(root: string): Promise<void> {
  const names = await readdir(root).catch(() => []);
  const orphaned = names.filter((name) => name.startsWith(prefix) && !isAlive(ownerOf(name)));
  await Promise.all(orphaned.map((name) => rm(join(root, name), { recursive: true, force: true })));
}

function ownerOf(name: string): number {
  return Number(name.slice(prefix.length).split('-')[0]);
}

function isAlive(processId: number): boolean {
  try {
    // Signal 0 only asks.
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // A process of another user is alive as well.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
