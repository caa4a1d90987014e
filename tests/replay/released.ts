import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where the sums of released histories stand, a file a version. */
export const releasedFolder = join(import.meta.dirname, 'released');

/** The sums of a release's histories, by file name. */
export type Sums = Readonly<Record<string, string>>;

/** The versions that a changelog gives a date, as in `## 0.1.0 (2027-01-31)`. */
export function datedReleases(changelog: string): string[] {
  return [...changelog.matchAll(/^## (\d+\.\d+\.\d+) \(\d{4}-\d{2}-\d{2}\)$/gm)].map(
    ([, version = '']) => version,
  );
}

export function sumOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** @returns names of histories that differ from those of a release, or are gone; new ones are no difference */
export function findChanged(released: Sums, files: ReadonlyMap<string, string>): string[] {
  return Object.entries(released).flatMap(([name, sum]) => {
    const content = files.get(name);
    return content !== undefined && sumOf(content) === sum ? [] : [name];
  });
}
