import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { findPackageRoot } from './find-package-root.ts';

/** The version of this program's package; `unknown` for a program outside its package. */
export function readVersion(): string {
  const root = findPackageRoot();
  if (root === undefined) return 'unknown';
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
