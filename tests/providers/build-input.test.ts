import { join } from 'node:path';

import { buildInput } from '../../activities/providers/build-input.ts';
import type { Catalogue, CatalogueEntry } from '../../activities/providers/catalogue.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { packageRoot } from '../../workers/local-stack/package-root.ts';
import type { PredictionRequest } from '../../workflows/domain/prediction.ts';
import { withStandIn } from '../stand-in/stand-in-harness.ts';

const frame = {
  key: 'videos/a/stills/00.png',
  sizeBytes: 9,
  sha256: 'ab'.repeat(32),
  contentType: 'image/png',
};
const prompt = 'A lamp? A lamp.';
const seed = 7;
const aspectRatio = '9:16';
const address = 'https://files.example.com/00.png';
const signed = `${address}?X-Amz-Signature=secret`;

const requests: Readonly<Record<PredictionRequest['kind'], PredictionRequest>> = {
  still: { kind: 'still', prompt, seed, aspectRatio },
  clip: { kind: 'clip', prompt, seed, aspectRatio, firstFrame: frame, clipSeconds: 6 },
  score: { kind: 'score', prompt, seed, seconds: 12.4 },
};

/** What each model of the catalogue receives for these requests. */
const inputs: Readonly<Record<string, object>> = {
  'flux-schnell': { prompt, seed, aspect_ratio: '9:16', output_format: 'png', num_outputs: 1 },
  'flux-kontext-pro': { prompt, seed, aspect_ratio: '9:16', output_format: 'png' },
  'hailuo-02': {
    prompt,
    first_frame_image: signed,
    duration: 6,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'hailuo-02-10s': {
    prompt,
    first_frame_image: signed,
    duration: 10,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'wan-2.2-i2v-fast': {
    prompt,
    image: signed,
    num_frames: 81,
    frames_per_second: 16,
    resolution: '480p',
    seed,
  },
  'veo-3.1': {
    prompt,
    image: signed,
    aspect_ratio: '9:16',
    duration: 8,
    resolution: '720p',
    generate_audio: true,
    seed,
  },
  'stable-audio-2.5': { prompt, duration: 13, seed },
};

/** By what each model's orders can be told from all others: never by what signs an address. */
const markers: Readonly<Record<string, object>> = {
  'flux-schnell': { prompt, seed },
  'flux-kontext-pro': { prompt, seed },
  'hailuo-02': { prompt, first_frame_image: address },
  'hailuo-02-10s': { prompt, first_frame_image: address },
  'wan-2.2-i2v-fast': { prompt, image: address, seed },
  'veo-3.1': { prompt, image: address, seed },
  'stable-audio-2.5': { prompt, seed },
};

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadCatalogue(join(packageRoot(), 'models.yaml'));
});

test('every model of the catalogue is in the tables of this file', () => {
  expect(catalogue.entries.map(({ name }) => name)).toEqual(Object.keys(inputs));
});

test.each(Object.keys(inputs))('%s receives exactly the fields its host documents', async (name) => {
  const built = await build(entryOf(name));

  expect(built).toEqual({ input: inputs[name], marker: markers[name] });
});

test('the host accepts every input of the catalogue, with every shape the model makes', async () => {
  await withStandIn({ stillSeconds: 60, clipSeconds: 60, scoreSeconds: 60 }, async (api) => {
    for (const entry of catalogue.entries) {
      for (const shape of entry.aspectRatios) {
        const request = { ...requests[entry.kind], aspectRatio: shape } as PredictionRequest;
        const { input } = await build(entry, request);
        const { status, json } = await api.send('POST', `/v1/models/${entry.model}/predictions`, {
          body: { input },
        });
        expect([entry.name, shape, status, json.detail]).toEqual([entry.name, shape, 201, undefined]);
      }
    }
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

test('an order of a model that takes neither seed nor picture has no marker', async () => {
  const entry = { ...entryOf('stable-audio-2.5'), input: { prompt: '$prompt', duration: '$seconds' } };

  expect((await build(entry)).marker).toEqual({});
});

function build(entry: CatalogueEntry, request = requests[entry.kind]) {
  return buildInput(entry, request, () => Promise.resolve(signed));
}

function entryOf(name: string): CatalogueEntry {
  return catalogue.entries.find((entry) => entry.name === name)!;
}
