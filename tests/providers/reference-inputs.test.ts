import { join } from 'node:path';

import { buildInput } from '../../activities/providers/build-input.ts';
import { type Catalogue, loadCatalogue } from '../../activities/providers/catalogue.ts';
import type { PredictionRequest } from '../../domain/prediction.ts';
import type { CatalogueEntry } from '../../domain/schemas/catalogue-schema.ts';
import { referenceSlots } from '../../domain/schemas/model-schema.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import { frame, prompt, requests } from './support/model-inputs.ts';

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadCatalogue(join(packageRoot(), 'models.yaml'));
});

const bottle = { ...frame, key: 'videos/a/reference-0', sha256: 'b0'.repeat(32) };
const anna = { ...frame, key: 'videos/a/reference-1', sha256: 'a0'.repeat(32) };

test.each([
  ['flux-2-pro', 'input_images', [bottle, anna]],
  ['seedream-4.5', 'image_input', [anna, bottle]],
  ['nano-banana-2', 'image_input', [anna]],
  ['kling-v3-omni', 'reference_images', [bottle, anna]],
])(
  '%s gets the references of a beat as %s, in their order, and none is a marker',
  async (name, field, given) => {
    const entry = entryOf(name);
    const request = { ...requests[entry.kind], referenceImages: given } as PredictionRequest;
    const built = await buildInput(entry, request, ({ key }) =>
      Promise.resolve(`https://files.example/${key}`),
    );

    expect(built.input[field]).toEqual(given.map(({ key }) => `https://files.example/${key}`));
    expect(built.input['aspect_ratio']).toBe('9:16');
    expect(built.marker).not.toHaveProperty(field);
  },
);

test('fields for one picture each take the references in their order', async () => {
  const input = { prompt: '$prompt', input_image_1: '$referenceImage', input_image_2: '$referenceImage' };
  const request = { ...requests.still, referenceImages: [bottle, anna] } as PredictionRequest;

  const entry = { ...entryOf('flux-kontext-pro'), input };
  const built = await buildInput(entry, request, ({ key }) => Promise.resolve(key));

  expect(built.input).toEqual({ prompt, input_image_1: bottle.key, input_image_2: anna.key });
});

test('every model that takes references is sent the aspect ratio, where it has a choice', () => {
  const taking = catalogue.entries.filter((entry) => referenceSlots(entry) > 0);

  expect(taking.length).toBeGreaterThanOrEqual(7);
  for (const { name, input } of taking)
    expect({ name, sends: Object.values(input) }).toEqual({
      name,
      sends: expect.arrayContaining(['$aspectRatio']) as unknown,
    });
});

function entryOf(name: string): CatalogueEntry {
  return catalogue.entries.find((entry) => entry.name === name)!;
}
