import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { bundleWorkflows } from '../../workers/workflow-bundle.ts';

/**
 * The workflows as one script. Bundling takes seconds, so the script is kept under the hash of its sources and shared
 * by all test files.
 */
export async function testWorkflowBundle(): Promise<{ readonly codePath: string }> {
  const folder = join(packageRoot(), 'node_modules', '.cache', 'beatreel');
  const codePath = join(folder, `workflows-${await hashSources()}.js`);
  if (existsSync(codePath)) return { codePath };
  const { code } = await bundleWorkflows();
  await mkdir(folder, { recursive: true });
  const unfinished = `${codePath}.${process.pid}`;
  await writeFile(unfinished, code);
  await rename(unfinished, codePath);
  return { codePath };
}

async function hashSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of ['domain', 'workflows']) {
    const root = join(packageRoot(), folder);
    const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
    for (const name of names) hash.update(name).update(await readFile(join(root, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
