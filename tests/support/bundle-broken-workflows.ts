import { join } from 'node:path';

import { bundleWorkflowCode } from '@temporalio/worker';

import { packageRoot } from '../../workers/setup/package-root.ts';

/** Bundles one of the other workflows in `programs/`. @param name of its file, such as `waits-first` */
export function bundleBrokenWorkflows(name: string): Promise<{ readonly code: string }> {
  const workflowsPath = join(import.meta.dirname, 'programs', `${name}.ts`);
  const payloadConverterPath = join(packageRoot(), 'workflows', 'payload-converter.ts');
  return bundleWorkflowCode({ workflowsPath, payloadConverterPath, logger: silentLogger });
}

const silent = () => undefined;
const silentLogger = { log: silent, trace: silent, debug: silent, info: silent, warn: silent, error: silent };
