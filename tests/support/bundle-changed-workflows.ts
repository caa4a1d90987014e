import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { bundleWorkflowCode } from '@temporalio/worker';

import { packageRoot } from '../../workers/local-stack/package-root.ts';

/** One change to the source of the workflow. */
export interface SourceChange {
  /** Below `workflows/`. */
  readonly file: string;
  /** What must be there, once. */
  readonly from: string;
  readonly to: string;
}

/** Bundles the workflows with one change, and leaves nothing behind. @throws Error when there is nothing to change */
export async function bundleChangedWorkflows({ file, from, to }: SourceChange): Promise<{ code: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-changed-'));
  try {
    await cp(join(packageRoot(), 'workflows'), join(folder, 'workflows'), { recursive: true });
    await symlink(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
    const path = join(folder, 'workflows', file);
    const parts = (await readFile(path, 'utf8')).split(from);
    if (parts.length !== 2)
      throw new Error(`workflows/${file} has "${from}" ${parts.length - 1} times, not once.`);
    await writeFile(path, parts.join(to));
    return await bundleWorkflowCode({
      workflowsPath: join(folder, 'workflows', 'index.ts'),
      logger: silentLogger,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const silent = () => undefined;
const silentLogger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
