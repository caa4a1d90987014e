import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { bundleWorkflowCode, type WorkerOptions } from '@temporalio/worker';

/** The bundle that `npm run build` writes, beside the compiled workers. */
export const bundleFile = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

/** The workflows as one script: the built one beside compiled code, made on the spot from source. */
export async function loadWorkflowBundle(): Promise<NonNullable<WorkerOptions['workflowBundle']>> {
  if (existsSync(bundleFile)) return { codePath: bundleFile };
  return bundleWorkflows();
}

/** Bundles `workflows/index`, TypeScript or compiled, whichever lies beside this file. */
export async function bundleWorkflows(): Promise<{ readonly code: string }> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const below = (file: string) =>
    fileURLToPath(new URL(`../workflows/${file}.${extension}`, import.meta.url));
  return bundleWorkflowCode({
    workflowsPath: below('index'),
    payloadConverterPath: below('payload-converter'),
    logger: quietLogger,
  });
}

/** Drops the bundler's progress, which nobody needs; its errors are thrown. */
const quietLogger = {
  log: () => undefined,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
