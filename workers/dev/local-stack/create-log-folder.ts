import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { makeStateFolder } from './private-folder.ts';

/** Enough to compare with the day before; a run's logs are a few hundred kilobytes. */
const keptRuns = 10;

/**
 * Makes a folder for the logs of one run below `.beatreel/logs`, and removes those of the oldest runs. Its name
 * sorts by time. Each run has its own, so that two at once do not write into the same file.
 */
export async function createLogFolder(root: string): Promise<string> {
  const parent = join(await makeStateFolder(root), 'logs');
  const startedAt = new Date().toISOString().replaceAll(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const folder = join(parent, `${startedAt}-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const runs = (await readdir(parent)).filter((name) => /^\d{8}-\d{6}-\d+$/.test(name)).sort();
  const oldest = runs.slice(0, -keptRuns);
  await Promise.all(oldest.map((name) => rm(join(parent, name), { recursive: true, force: true })));
  return folder;
}
