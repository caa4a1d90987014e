import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from './setup/package-root.ts';
import { bundleWorkflows } from './workflow-bundle.ts';

/** `npm run build`: compiles everything into `dist`, with types, and bundles the workflows beside it. */
async function build(): Promise<void> {
  const root = packageRoot();
  const dist = join(root, 'dist');
  await rm(dist, { recursive: true, force: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  await execa(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  const { code } = await bundleWorkflows();
  await mkdir(dist, { recursive: true });
  await writeFile(join(dist, 'workflow-bundle.js'), code);
}

await build();
