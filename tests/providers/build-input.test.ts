import { join } from 'node:path';

import { buildInput } from '../../activities/providers/build-input.ts';
import type { Catalogue } from '../../activities/providers/catalogue.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import { frame, seed, token, signed, requests, inputs, markers } from './support/model-inputs.ts';
import { withStandIn } from '../stand-in/stand-in-harness.ts';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadCatalogue(join(packageRoot(), 'models.yaml'));
});

test('a model reads a prompt of several lines as one', async () => {
  const entry = catalogue.find('flux-schnell', 'still');

  const { input } = await buildInput(
    entry,
    { ...requests.still, prompt: ' A lamp\r\n\r\n- red\tand old\n' },
    () => Promise.resolve(signed),
  );

  expect(input['prompt']).toBe('A lamp - red and old');
});

test('every model of the catalogue is in the tables of this file', () => {
  expect(catalogue.entries.map(({ name }) => name)).toEqual(Object.keys(inputs));
});

test.each(Object.keys(inputs))('%s receives exactly the fields its host documents', async (name) => {
  const built = await build(entryOf(name));

  expect(built).toEqual({ input: inputs[name], marker: markers[name] });
});

test('an order of every model of Replicate, in every shape it makes, reaches the host exactly like that', async () => {
  await withStandIn({ stillSeconds: 60, clipSeconds: 60, scoreSeconds: 60, token }, async (_api, standIn) => {
    const host = createReplicateHost({ baseUrl: standIn.baseUrl, token });
    const expected: object[] = [];
    try {
      for (const entry of catalogue.entries.filter((known) => known.host === 'replicate')) {
        const shapes = entry.kind === 'score' ? [undefined] : entry.accepts.aspectRatios;
        for (const shape of shapes) {
          const { input } = await build(entry, { ...requests[entry.kind], aspectRatio: shape } as never);
          const { model, version } = entry;
          await host.createPrediction({ kind: entry.kind, model, version, input, cancelAfterSeconds: 1800 });
          const inShape = 'aspect_ratio' in inputs[entry.name]! ? { aspect_ratio: shape } : {};
          expected.push({ model, input: { ...inputs[entry.name], ...inShape } });
        }
      }
    } finally {
      await host.close();
    }
    const ordered = standIn.control.counters().predictions;
    expect(ordered.map(({ model, input }) => ({ model, input }))).toEqual(expected);
  });
});

test('a picture of the product goes to the model that can look at it, and is no marker', async () => {
  const request = { ...requests.still, referenceImage: frame } as PredictionRequest;

  expect(await build(entryOf('flux-kontext-pro'), request)).toEqual({
    input: { ...inputs['flux-kontext-pro'], input_image: signed },
    marker: markers['flux-kontext-pro'],
  });
  expect((await build(entryOf('flux-schnell'), request)).input).toEqual(inputs['flux-schnell']);
});

test.each([
  [5, 5],
  [12.4, 13],
  [189.5, 190],
  [300, 190],
])('a score of %d s is ordered as %i s', async (seconds, duration) => {
  const { input } = await build(entryOf('stable-audio-2.5'), {
    ...requests.score,
    seconds,
  } as PredictionRequest);

  expect(input['duration']).toBe(duration);
});

test('a prompt that is too long for a model is cut at a word', async () => {
  const long = 'a piano in the rain '.repeat(20).trim();
  const { input } = await build(entryOf('music-1.5'), { ...requests.score, prompt: long });

  expect(String(input['prompt'])).toMatch(/^(a piano in the rain ?)+( \w+)*$/);
  expect(String(input['prompt']).length).toBeGreaterThan(280);
  expect(String(input['prompt']).length).toBeLessThanOrEqual(300);
});

test('the marker of an order has the prompt as the host got it', async () => {
  const entry = { ...entryOf('flux-schnell'), limits: { promptCharacters: 8 } };

  expect((await build(entry)).marker).toEqual({ prompt: 'A lamp?', seed });
});

test('an order of a model that takes neither seed nor picture has no marker', async () => {
  const entry = { ...entryOf('stable-audio-2.5'), input: { prompt: '$prompt', duration: '$seconds' } };

  expect((await build(entry)).marker).toEqual({});
});

test('a file that is its own address is no marker: it would fill the ledger', async () => {
  const address = 'data:image/png;base64,AAAA';
  const built = await buildInput(entryOf('hailuo-02'), requests.clip, () => Promise.resolve(address));

  expect(built).toEqual({ input: { ...inputs['hailuo-02'], first_frame_image: address }, marker: {} });
});

function build(entry: CatalogueEntry, request: PredictionRequest = requests[entry.kind]) {
  return buildInput(entry, request, () => Promise.resolve(signed));
}

function entryOf(name: string): CatalogueEntry {
  return catalogue.entries.find((entry) => entry.name === name)!;
}
