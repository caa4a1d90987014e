import { findPackageRoot } from '../../client/find-package-root.ts';

/**
 * The folder of Beatreel's own package.json. Files that are not compiled (the supervisor, the pinned requirements,
 * `temporal-dev.yaml`) are in the same place below it whether TypeScript or `dist` is running.
 */
export function packageRoot(): string {
  const root = findPackageRoot();
  if (root === undefined)
    throw new Error(`No package.json above ${import.meta.url}; Beatreel is not installed whole.`);
  return root;
}
