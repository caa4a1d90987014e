import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { historiesFolder } from './histories.ts';
import type { Sums } from './released.ts';
import { datedReleases, findChanged, releasedFolder, sumOf } from './released.ts';

test('histories of releases that have a date are as they were recorded', async () => {
  const changelog = await readFile(join(packageRoot(), 'CHANGELOG.md'), 'utf8');
  const files = await readFiles();

  for (const version of datedReleases(changelog)) {
    // Written by `npm run record:histories -- --release VERSION`; one that is missing fails here.
    const sums = await readFile(join(releasedFolder, `${version}.json`), 'utf8');
    expect({ version, changed: findChanged(JSON.parse(sums) as Sums, files) }).toEqual({
      version,
      changed: [],
    });
  }
});

test.each([
  ['## 0.1.0 (2027-01-31)\n\n## Unreleased\n', ['0.1.0']],
  ['## 1.2.3 (2027-01-31)\n\n## 0.1.0 (2027-01-31)\n', ['1.2.3', '0.1.0']],
  ['## Unreleased\n\n## 0.1.0\n\nof 2027-01-31', []],
])('a release has a date in its heading: %j', (changelog, versions) => {
  expect(datedReleases(changelog)).toEqual(versions);
});

test('a history that was recorded again, or removed, is named, and a new one is not', () => {
  const released = { 'a.json': sumOf('as it was'), 'b.json': sumOf('b'), 'c.json': sumOf('c') };
  const files = new Map([
    ['a.json', 'as it is'],
    ['b.json', 'b'],
    ['d.json', 'new'],
  ]);

  expect(findChanged(released, files)).toEqual(['a.json', 'c.json']);
});

async function readFiles(): Promise<Map<string, string>> {
  const names = (await readdir(historiesFolder)).filter((name) => name.endsWith('.json'));
  const read = async (name: string) => [name, await readFile(join(historiesFolder, name), 'utf8')] as const;
  return new Map(await Promise.all(names.map(read)));
}
