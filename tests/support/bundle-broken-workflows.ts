import { join } from 'node:path';

import { bundleWorkflowCode } from '@temporalio/worker';

/** Bundles one of the deliberately broken workflows in `programs/`. @param name of its file, such as `waits-first` */
export function bundleBrokenWorkflows(name: string): Promise<{ readonly code: string }> {
  const workflowsPath = join(import.meta.dirname, 'programs', `${name}.ts`);
  return bundleWorkflowCode({ workflowsPath, logger: silentLogger });
}

const silent = () => undefined;
const silentLogger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
