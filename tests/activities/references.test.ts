import { createActivities } from '../../activities/index.ts';
import { estimateVideoType } from '../../domain/workflow-types.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { drawPicture } from '../support/draw-picture.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import { type ActivityBench, startActivityBench } from './support/start-activity-bench.ts';
import { sha256 } from '../storage/test-files.ts';

let bench: ActivityBench;
const pictures = new Map<string, Buffer>();

beforeAll(async () => {
  bench = await startActivityBench();
  for (const color of ['green', 'red', 'blue', 'white']) {
    const bytes = await drawPicture(bench.worker.tools, { color });
    pictures.set(color, bytes);
    await bench.worker.store.putBytes(keyOf(color), bytes, { contentType: 'image/png' });
  }
});
afterAll(() => bench.close());

type Beats = NonNullable<BriefInput['beats']>;

const together: Beats[number] = { prompt: 'Anna with the bottle', durationSeconds: 5 };
const beats: Beats = [together, { prompt: 'The sea', durationSeconds: 5 }];
const bottle = { image: keyOf('green'), kind: 'product', note: 'green glass' } as const;
const anna = { image: keyOf('red'), kind: 'person' } as const;

test('references are copied into the folder of the video, in their order', async () => {
  const videoId = bench.newVideoId();

  const { references, productImage, models } = await accept({ beats, references: { bottle, anna } }, videoId);

  expect(references).toEqual([
    { name: 'bottle', kind: 'product', note: 'green glass', image: imageOf('green', 0, videoId) },
    { name: 'anna', kind: 'person', image: imageOf('red', 1, videoId) },
  ]);
  expect(productImage).toBeUndefined();
  for (const { image } of references ?? [])
    expect((await bench.worker.store.hashObject(image.key)).sha256).toBe(image.sha256);
  // The first model of the catalogue that takes two.
  expect(models.still.name).toBe('flux-2-pro');
});

test('beside references the picture of the product is the first of them, under its own name', async () => {
  const { references, productImage } = await accept({
    beats,
    productImage: keyOf('green'),
    references: { anna },
  });

  expect(productImage).toBeUndefined();
  expect(references).toMatchObject([
    { name: 'product', kind: 'product', image: { sha256: hashOf('green') } },
    { name: 'anna', kind: 'person', image: { sha256: hashOf('red') } },
  ]);
});

test('a picture of the product alone is what it was, unless a beat says whether it shows it', async () => {
  const productImage = keyOf('green');

  const alone = await accept({ beats, productImage });
  const listed = await accept({ beats: [{ ...together, references: [] }, together], productImage });

  expect(alone).toMatchObject({ productImage: { sha256: hashOf('green') } });
  expect(alone).not.toHaveProperty('references');
  expect(listed).toMatchObject({ references: [{ name: 'product' }] });
  expect(listed.productImage).toBeUndefined();
});

test('a model that takes one picture is enough where no beat shows more', async () => {
  const apart: Beats = [
    { prompt: 'The bottle', durationSeconds: 5 },
    { prompt: 'anna', durationSeconds: 5 },
  ];

  const { models } = await accept({ beats: apart, references: { bottle, anna } });

  expect(models.still.name).toBe('flux-kontext-pro');
});

test.each<[string, Partial<BriefInput>, string, RegExp]>([
  [
    'more than the chosen model takes',
    { beats, references: { bottle, anna }, models: { still: 'flux-kontext-pro' } },
    'models.still',
    /up to 2 pictures of references in a beat, and flux-kontext-pro takes 1; these take as many: flux-2-pro \(8\), /,
  ],
  [
    'any at all where the model takes none',
    { beats, references: { bottle }, models: { still: ['flux-2-pro', 'flux-schnell'] } },
    'models.still',
    /up to 1 picture of references in a beat, and flux-schnell takes none/,
  ],
  [
    'all of them where a planner decides, which may show them in one beat',
    { references: { bottle, anna }, models: { still: 'flux-kontext-pro' } },
    'models.still',
    /up to 2 pictures/,
  ],
  [
    'more than a clip model takes that takes some',
    { references: many(8), models: { clip: 'kling-v3-omni' } },
    'models.clip',
    /up to 8 pictures of references in a beat, and kling-v3-omni takes 7; no model of the catalogue takes as many/,
  ],
  [
    'more than any model takes',
    { references: many(15) },
    'references',
    /\(15 pictures in one beat\): at most 14: no model of the catalogue takes more/,
  ],
  [
    'a key of another tenant',
    { references: { bottle: { ...bottle, image: 'uploads/globex/lamp.png' } } },
    'references.bottle.image',
    /uploads\/acme\/ or videos\//,
  ],
  [
    'a path that no client uploaded',
    { references: { bottle: { ...bottle, image: './lamp.png' } } },
    'references.bottle.image',
    /a path is uploaded by the client before the start/,
  ],
  [
    'an object that is not a picture',
    { references: { bottle, anna: { ...anna, image: 'uploads/acme/none.png' } } },
    'references.anna.image',
    /the key of a PNG, JPEG or WebP picture/,
  ],
  [
    'names that nobody gave',
    { beats: [{ ...together, references: ['bottel'] }], references: { bottle } },
    'beats[0].references[0]',
    /"bottel": one of the references: bottle/,
  ],
])('a brief with references is refused at the start: %s', async (...[, changes, field, rule]) => {
  const failure = await failureOf(accept(changes));

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true, details: [[{ field }]] });
  expect(failure.message).toMatch(rule);
});

test('an estimate shows the pictures of each beat, and reads none', async () => {
  const { priceVideo } = createActivities(bench.worker);
  const image = 'https://pictures.invalid/bottle.png?signature=secret';
  const input = { ...small, beats, references: { bottle: { ...bottle, image }, anna } };

  const estimate = await runActivity(
    priceVideo,
    { videoId: bench.newVideoId(), input },
    { workflowType: estimateVideoType },
  );

  expect(estimate.beats.map(({ references }) => references)).toEqual([
    ['https://pictures.invalid/bottle.png', keyOf('red')],
    [],
  ]);
  expect(estimate.phases[0]).toMatchObject({ phase: 'storyboard', model: 'flux-2-pro' });
});

const small = { prompt: 'Anna with the bottle. The sea.', durationSeconds: 10, tenant: 'acme' };

function accept(changes: Partial<BriefInput>, videoId = bench.newVideoId()) {
  const { acceptBrief } = createActivities(bench.worker);
  return runActivity(acceptBrief, { videoId, input: { ...small, ...changes } });
}

function many(count: number): NonNullable<BriefInput['references']> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`thing ${at}`, bottle]));
}

function keyOf(color: string): string {
  return `uploads/acme/${color}.png`;
}

function hashOf(color: string): string {
  return sha256(pictures.get(color) ?? Buffer.alloc(0));
}

function imageOf(color: string, position: number, videoId: string) {
  return {
    key: `videos/${videoId}/reference-${position}-${hashOf(color).slice(0, 16)}`,
    sha256: hashOf(color),
    sizeBytes: pictures.get(color)?.byteLength,
    contentType: 'image/png',
  };
}
