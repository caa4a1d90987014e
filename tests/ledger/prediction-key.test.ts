import {
  canonicalInput,
  predictionKey,
  type PurchaseIdentity,
} from '../../activities/ledger/prediction-key.ts';

const frame = {
  key: 'videos/a/stills/b1-1.png',
  sizeBytes: 9,
  sha256: 'ab'.repeat(32),
  contentType: 'image/png',
};
const clip = {
  kind: 'clip',
  prompt: 'The lamp turns on',
  seed: 7,
  aspectRatio: '16:9',
  firstFrame: frame,
  clipSeconds: 6,
} as const;
const purchase: PurchaseIdentity = {
  videoId: 'a',
  unit: { medium: 'chunk', beat: 'b2', chunk: 2, take: 0 },
  model: 'hailuo-02',
  request: clip,
};

test('the key of a purchase is 64 hex digits and the same on every machine', () => {
  expect(predictionKey(purchase)).toBe('d8c0b6663f0f33eaa7e5430a1a34c146a389e339a072eb663c80f76c1086c238');
});

test('the key of a purchase does not depend on the order of properties', () => {
  const reversed = (value: unknown): unknown =>
    value !== null && typeof value === 'object'
      ? Object.fromEntries(
          Object.entries(value)
            .toReversed()
            .map(([name, inner]) => [name, reversed(inner)]),
        )
      : value;

  expect(predictionKey(reversed(purchase) as PurchaseIdentity)).toBe(predictionKey(purchase));
});

test.each<[string, Partial<PurchaseIdentity>]>([
  ['video', { videoId: 'b' }],
  ['medium', { unit: { ...purchase.unit, medium: 'still' } }],
  ['beat', { unit: { ...purchase.unit, beat: 'b1' } }],
  ['chunk', { unit: { ...purchase.unit, chunk: 1 } }],
  ['take', { unit: { ...purchase.unit, take: 1 } }],
  ['model', { model: 'hailuo-02-10s' }],
  ['prompt', { request: { ...clip, prompt: 'The lamp turns off' } }],
  ['seed', { request: { ...clip, seed: 8 } }],
  ['shape', { request: { ...clip, aspectRatio: '9:16' } }],
  ['length', { request: { ...clip, clipSeconds: 10 } }],
  ['file', { request: { ...clip, firstFrame: { ...frame, key: 'videos/a/stills/b2-1.png' } } }],
  ['bytes of the file', { request: { ...clip, firstFrame: { ...frame, sha256: 'cd'.repeat(32) } } }],
])('another %s is another purchase', (_what, change) => {
  expect(predictionKey({ ...purchase, ...change })).not.toBe(predictionKey(purchase));
});

test('a file is named by its key and checksum alone', () => {
  const described = { ...frame, sizeBytes: 10, contentType: 'image/webp', durationSeconds: 1 };

  expect(predictionKey({ ...purchase, request: { ...clip, firstFrame: described } })).toBe(
    predictionKey(purchase),
  );
  expect(canonicalInput(clip)).toEqual({ ...clip, firstFrame: { key: frame.key, sha256: frame.sha256 } });
});
