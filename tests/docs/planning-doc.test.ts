import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { describePlanning, planShownBriefs } from './describe-planning.ts';
import { wordsOf } from './words-of.ts';

const docs = join(packageRoot(), 'docs');
const largestBytes = 60_000;

test('docs/planning.md shows what both planners plan; if not, run npm run docs:planning', async () => {
  const written = await readFile(join(docs, 'planning.md'), 'utf8');

  expect(wordsOf(written)).toEqual(wordsOf(describePlanning(await planShownBriefs())));
});

test('its pictures are there, and small', async () => {
  const written = await readFile(join(docs, 'planning.md'), 'utf8');
  const files = [...written.matchAll(/\]\((images\/[^)]+)\)/g)].map(([, file = '']) => file);

  expect(files).toHaveLength(8);
  for (const file of files) expect((await stat(join(docs, file))).size).toBeLessThan(largestBytes);
});
