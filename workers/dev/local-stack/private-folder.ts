import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes `.beatreel` below `root`, which holds the credentials, tools, videos and logs of one checkout. Its owner alone
 * may enter, also where it was made by an older version.
 */
export async function makeStateFolder(root: string): Promise<string> {
  const folder = join(root, '.beatreel');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return folder;
}
