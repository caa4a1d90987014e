import { join } from 'node:path';

import { buildInput } from '../../activities/providers/build-input.ts';
import type { Catalogue } from '../../activities/providers/catalogue.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import { withStandIn } from '../stand-in/stand-in-harness.ts';

const frame = {
  key: 'videos/a/stills/b1.png',
  sizeBytes: 9,
  sha256: 'ab'.repeat(32),
  contentType: 'image/png',
};
const prompt = 'A lamp? A lamp.';
const seed = 7;
const aspectRatio = '9:16';
const address = 'https://files.example.com/00.png';
const token = 'r8_right';
const signed = `${address}?X-Amz-Signature=secret`;

const requests: Readonly<Record<PredictionRequest['kind'], PredictionRequest>> = {
  still: { kind: 'still', prompt, seed, aspectRatio },
  clip: { kind: 'clip', prompt, seed, aspectRatio, firstFrame: frame, clipSeconds: 6 },
  score: { kind: 'score', prompt, seed, seconds: 12.4 },
};

/** What each model of the catalogue receives for these requests. */
const inputs: Readonly<Record<string, object>> = {
  'flux-schnell': { prompt, seed, aspect_ratio: '9:16', output_format: 'png', num_outputs: 1 },
  'flux-dev': { prompt, seed, aspect_ratio: '9:16', output_format: 'png', num_outputs: 1 },
  'flux-1.1-pro': { prompt, seed, aspect_ratio: '9:16', output_format: 'png', prompt_upsampling: false },
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
  'hailuo-2.3': {
    prompt,
    first_frame_image: signed,
    duration: 6,
    resolution: '768p',
    prompt_optimizer: false,
  },
  'hailuo-2.3-10s': {
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
  'veo-3.1-fast': {
    prompt,
    image: signed,
    aspect_ratio: '9:16',
    duration: 8,
    resolution: '720p',
    generate_audio: true,
    seed,
  },
  'kling-v2.5-turbo-pro': { prompt, start_image: signed, aspect_ratio: '9:16', duration: 5 },
  'stable-audio-2.5': { prompt, duration: 13, seed },
  musicgen: {
    prompt,
    duration: 13,
    model_version: 'stereo-large',
    output_format: 'mp3',
    normalization_strategy: 'loudness',
    seed,
  },
  'music-1.5': { prompt, lyrics: '[intro] [inst] [outro]', audio_format: 'mp3' },
  'minimax-hailuo-02': {
    prompt,
    first_frame_image: signed,
    duration: 6,
    resolution: '768P',
    prompt_optimizer: false,
  },
  'minimax-hailuo-2.3': {
    prompt,
    first_frame_image: signed,
    duration: 6,
    resolution: '768P',
    prompt_optimizer: false,
  },
  'minimax-image-01': { prompt, seed, aspect_ratio: '9:16', prompt_optimizer: false },
  'minimax-music-2.6': {
    prompt,
    is_instrumental: true,
    audio_setting: { sample_rate: 44100, bitrate: 256000, format: 'mp3' },
  },
};

/** By what each model's orders can be told from all others: never by what signs an address. */
const markers: Readonly<Record<string, object>> = {
  'flux-schnell': { prompt, seed },
  'flux-dev': { prompt, seed },
  'flux-1.1-pro': { prompt, seed },
  'flux-kontext-pro': { prompt, seed },
  'hailuo-02': { prompt, first_frame_image: address },
  'hailuo-02-10s': { prompt, first_frame_image: address },
  'hailuo-2.3': { prompt, first_frame_image: address },
  'hailuo-2.3-10s': { prompt, first_frame_image: address },
  'wan-2.2-i2v-fast': { prompt, image: address, seed },
  'veo-3.1': { prompt, image: address, seed },
  'veo-3.1-fast': { prompt, image: address, seed },
  'kling-v2.5-turbo-pro': { prompt, start_image: address },
  'stable-audio-2.5': { prompt, seed },
  musicgen: { prompt, seed },
  'music-1.5': {},
  'minimax-hailuo-02': { prompt, first_frame_image: address },
  'minimax-hailuo-2.3': { prompt, first_frame_image: address },
  'minimax-image-01': { prompt, seed },
  'minimax-music-2.6': {},
};

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
