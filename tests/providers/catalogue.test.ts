import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { createHosts } from '../../activities/providers/hosts.ts';
import { packageRoot } from '../../workers/local-stack/package-root.ts';

let folder: string;
let good: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatreel-catalogue-'));
  good = await readFile(join(packageRoot(), 'models.yaml'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each<[string, (text: string) => string, RegExp]>([
  ['is empty', () => '', /expected object/],
  ['is no YAML', (text) => `${text}\n  - {`, /no YAML/],
  [
    'misspells a field',
    (text) => text.replace('delivers:', 'delivrs:'),
    /"delivrs"[^]*models\["flux-schnell"\]/,
  ],
  [
    'names an unknown kind',
    (text) => text.replace('kind: still', 'kind: picture'),
    /models\["flux-schnell"\]\.kind/,
  ],
  ['forgets the length of a clip', (text) => text.replace('    clipSeconds: 6\n', ''), /clipSeconds/],
  [
    'has a price below nothing',
    (text) => text.replace('perPredictionUsd: 0.003', 'perPredictionUsd: -1'),
    /models\["flux-schnell"\]\.price\.perPredictionUsd/,
  ],
  [
    'asks for what no request has',
    (text) => text.replace('prompt: $prompt', 'prompt: $promt'),
    /\$promt is none of \$prompt[^]*models\["flux-schnell"\]\.input\.prompt/,
  ],
  [
    'has a default it does not list',
    (text) => text.replace('still: flux-schnell', 'still: flux-dev'),
    /"flux-dev" is no model of kind still[^]*defaults\.still/,
  ],
  [
    'has a default of another kind',
    (text) => text.replace('still: flux-schnell', 'still: hailuo-02'),
    /defaults\.still/,
  ],
])('a catalogue that %s is refused with its path and the place', async (_what, spoil, problem) => {
  const path = join(folder, 'models.yaml');
  await writeFile(path, spoil(good));

  const error: unknown = await loadCatalogue(path).catch((reason: unknown) => reason);

  expect(String(error)).toContain(path);
  expect(String(error)).toMatch(problem);
});

test('a catalogue that is not there is named', async () => {
  await expect(loadCatalogue(join(folder, 'none.yaml'))).rejects.toThrow(join(folder, 'none.yaml'));
});

test('a model that is not in the catalogue is refused with those that are', async () => {
  const catalogue = await loadCatalogue(join(packageRoot(), 'models.yaml'));

  expect(() => catalogue.find('hailuo-02', 'still')).toThrow(
    'models.still is "hailuo-02": one of flux-schnell, flux-kontext-pro.',
  );
});

test('a host that the worker does not know is refused by name', () => {
  expect(() => createHosts([]).get('minimax')).toThrow(/"minimax"/);
});
