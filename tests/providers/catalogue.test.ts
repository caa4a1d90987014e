import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { createHosts } from '../../activities/providers/hosts.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';

let folder: string;
let good: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatreel-catalogue-'));
  good = await readFile(join(packageRoot(), 'models.yaml'), 'utf8');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each<[string, (text: string) => string, RegExp]>([
  ['is empty', () => '', /expected object/],
  ['is no YAML', (text) => `${text}\n  - {`, /not valid YAML/],
  [
    'misspells a field',
    (text) => text.replace('delivers:', 'delivrs:'),
    /"delivrs"[^]*models\["flux-schnell"\]/,
  ],
  [
    'names an unknown kind',
    (text) => text.replace('kind: still', 'kind: picture'),
    /models\["flux-schnell"\]/,
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
    /\$promt is not one of \$prompt[^]*models\["flux-schnell"\]\.input\.prompt/,
  ],
  [
    'has something to fill in deep inside a value',
    (text) => text.replace('format: mp3 }', 'format: $prompt }'),
    /\$prompt stands inside a value[^]*models\["minimax-music-2\.6"\]\.input\.audio_setting/,
  ],
  [
    'gives a still the length of a clip',
    (text) => text.replace('delivers: image/png', 'delivers: image/png\n    clipSeconds: 6'),
    /"clipSeconds"[^]*models\["flux-schnell"\]/,
  ],
  [
    'sends a picture to a clip model that takes none',
    (text) => text.replace('firstFrame: true', 'firstFrame: false'),
    /\$firstFrame is sent, which accepts\.firstFrame does not allow[^]*models\["hailuo-02"\]\.input/,
  ],
  [
    'promises a length that the model cannot make',
    (text) => text.replace('clipSeconds: 6', 'clipSeconds: 7'),
    /7 is not one of accepts\.durations \(6, 10\)[^]*models\["hailuo-02"\]\.clipSeconds/,
  ],
  [
    'orders another length than it promises',
    (text) => text.replace('duration: 6', 'duration: 10'),
    /no field asks for 6 s[^]*models\["hailuo-02"\]\.input/,
  ],
  [
    'leaves the resolution, and with it the price, to the host',
    (text) => text.replace('      resolution: 768p\n', ''),
    /no field asks for one of accepts\.resolutions[^]*models\["hailuo-02"\]\.input/,
  ],
  [
    'sends a seed to a model that takes none',
    (text) => text.replace('accepts: { seed: true }', 'accepts: {}'),
    /\$seed is sent, which accepts\.seed does not allow[^]*models\["flux-schnell"\]\.input/,
  ],
  [
    'sends no seed to a model that takes one',
    (text) => text.replace('      seed: $seed\n', ''),
    /no field is \$seed, which the model accepts[^]*models\["flux-schnell"\]\.input/,
  ],
  [
    'sends references that the model does not take',
    (text) => text.replace('accepts: { seed: true, referenceImages: 8 }', 'accepts: { seed: true }'),
    /\$referenceImages is sent, which accepts\.referenceImages does not allow[^]*models\["flux-2-pro"\]\.input/,
  ],
  [
    'sends no references to a model that takes some',
    (text) => text.replace('      input_images: $referenceImages\n', ''),
    /no field is \$referenceImages, of which the model accepts 8[^]*models\["flux-2-pro"\]\.input/,
  ],
  [
    'has another number of fields for one picture than the model takes',
    (text) => text.replace('referenceImage: true }', 'referenceImages: 2 }'),
    /\$referenceImage stands in 1 fields, and the model accepts 2 pictures[^]*models\["flux-kontext-pro"\]\.input/,
  ],
  [
    'sends its references twice',
    (text) => text.replace('input_images: $referenceImages', 'a: $referenceImages\n      b: $referenceImage'),
    /\$referenceImages takes all pictures, and \$referenceImage is sent as well/,
  ],
  [
    'pins a version that is none',
    (text) => text.replace(/version: [0-9a-f]{64}/, 'version: latest'),
    /64 hex digits[^]*models\.musicgen\.version/,
  ],
  [
    'has a price of no day',
    (text) => text.replace('readOn: 2026-11-22', 'readOn: lately'),
    /YYYY-MM-DD[^]*models\["flux-schnell"\]\.price\.readOn/,
  ],
  [
    'has a planner whose highest price buys no repair',
    (text) => text.replace('perPlanUsd: 0.1', 'perPlanUsd: 0.06'),
    /two answers of 16000 tokens cost \$0\.064[^]*models\["gpt-5-mini"\]\.price\.perPlanUsd/,
  ],
  [
    'lets a planner fill in what is ours',
    (text) => text.replace('model: gpt-5-mini', 'model: gpt-5-mini\n    parameters: { n: 3 }'),
    /n is filled in by Beatreel[^]*models\["gpt-5-mini"\]\.parameters\.n/,
  ],
  [
    'asks a planner elsewhere',
    (text) => text.replace('host: chat-completions', 'host: replicate'),
    /must be chat-completions[^]*models\["gpt-5-mini"\]\.host/,
  ],
  [
    'has a default planner that it does not list',
    (text) => text.replace('planner: gpt-5-mini', 'planner: gpt-9'),
    /"gpt-9" is neither built-in nor a model of kind planner[^]*defaults\.planner/,
  ],
  [
    'has a default it does not list',
    (text) => text.replace('still: flux-schnell', 'still: flux-3'),
    /"flux-3" is not a model of kind still[^]*defaults\.still/,
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
    'models.still is "hailuo-02": one of flux-schnell, flux-dev, flux-1.1-pro, flux-kontext-pro, ' +
      'flux-2-pro, flux-2-flex, seedream-4, seedream-4.5, nano-banana-2, nano-banana-pro, minimax-image-01.',
  );
});

test('a host that the worker does not know is refused by name', () => {
  expect(() => createHosts([]).get('minimax')).toThrow(/"minimax"/);
});
