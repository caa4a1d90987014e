import { join } from 'node:path';

import { packageRoot } from './package-root.ts';

/** Flags for a Node that is to run a program in TypeScript. */
export const typescriptFlags: readonly string[] = [
  '--import',
  join(packageRoot(), 'workers', 'setup', 'typescript.mjs'),
];
