import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findSections, listSections } from '../../client/cli/explain-failure.ts';
import * as client from '../../client/index.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';

const document = await readFile(join(packageRoot(), 'docs', 'failures.md'), 'utf8');
const errors = Object.values(client).flatMap((exported) =>
  typeof exported === 'function' &&
  exported.prototype instanceof client.BeatreelError &&
  exported.name !== 'BeatreelError'
    ? [exported.name]
    : [],
);

test.each([...Object.values(failureTypes), ...errors])('docs/failures.md has a section on %s', (name) => {
  const [section, ...others] = findSections(document, name.toLowerCase());
  expect(others).toEqual([]);
  expect(section?.name).toBe(name);
  for (const part of ['What happened: ', 'What Beatreel does: ', 'What you do: '])
    expect(section?.text).toContain(part);
});

test('a section can be read in a terminal: no line is longer than 110 characters, and nothing is a table', () => {
  expect(document.split('\n').filter((line) => line.length > 110 || line.startsWith('|'))).toEqual([]);
});

test('no two sections have one name, and words of a name find it', () => {
  const names = listSections(document);
  expect(new Set(names).size).toBe(names.length);
  expect(findSections(document, 'webhook not')).toMatchObject([{ name: 'Webhook not followed' }]);
  expect(findSections(document, 'nothing of the kind')).toEqual([]);
});
