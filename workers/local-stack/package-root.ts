import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of Beatreel's own package.json, found from this file. Files that are not compiled (the supervisor, the
 * pinned requirements, `temporal-dev.yaml`) lie at the same place below it whether TypeScript or `dist` is running.
 */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`No package.json above ${import.meta.url}; Beatreel is not installed whole.`);
    folder = parent;
  }
  return folder;
}
