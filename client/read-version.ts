import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findPackageRoot } from './find-package-root.ts';

/** The version of the package that this program belongs to; `unknown` where it was taken out of its package. */
export function readVersion(): string {
  const root = findPackageRoot();
  if (root === undefined) return 'unknown';
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
