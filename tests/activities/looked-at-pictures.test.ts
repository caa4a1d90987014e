import { createActivities } from '../../activities/index.ts';
import { sha256 } from '../storage/test-files.ts';
import { cmykJpeg, drawPng, exif } from '../support/picture-files.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import { type ActivityBench, startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

test('a picture that models would see lying on its side is turned, and the brief says so', async () => {
  const lying = drawPng({ width: 400, height: 320, chunks: [['eXIf', exif(6)]] });
  const videoId = bench.newVideoId();
  const key = await put('uploads/acme/lying.png', lying);

  const { productImage, remarks } = await accept(key, videoId);

  const copy = `videos/${videoId}/product-image-${sha256(lying).slice(0, 16)}`;
  expect(productImage).toMatchObject({ key: `${copy}-prepared.png`, contentType: 'image/png' });
  expect(productImage?.sha256).not.toBe(sha256(lying));
  // The original stays beside it.
  expect((await bench.worker.store.hashObject(copy)).sha256).toBe(sha256(lying));
  expect(remarks).toEqual([
    'productImage: the picture was looked at; turned upright, as its EXIF data says.',
  ]);
});

test('a picture that needs nothing leaves no word', async () => {
  const brief = await accept(await put('uploads/acme/well.png', drawPng()));

  expect(brief).not.toHaveProperty('remarks');
});

test.each([
  ['cut off', drawPng().subarray(0, 100), 'the picture is cut off: its end is missing'],
  [
    'a JPEG without its last two bytes',
    cmykJpeg([0, 255, 255, 255]).subarray(0, -2),
    'the picture is cut off: its end is missing',
  ],
  [
    'a stripe',
    drawPng({ width: 20, height: 2000 }),
    'the picture has 20 × 2000 pixels; at least 64 on each side',
  ],
])('a picture that is %s is refused before anything is bought with it', async (what, bytes, rule) => {
  const key = await put(`uploads/acme/${what}.png`, bytes);

  const failure = await failureOf(accept(key));

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(failure.details).toEqual([[{ field: 'productImage', value: JSON.stringify(key), rule }]]);
});

function accept(productImage: string, videoId = bench.newVideoId()) {
  const { acceptBrief } = createActivities(bench.worker);
  const input = { prompt: 'A lamp', durationSeconds: 5, tenant: 'acme', productImage };
  return runActivity(acceptBrief, { videoId, input });
}

async function put(key: string, bytes: Buffer): Promise<string> {
  await bench.worker.store.putBytes(key, bytes, { contentType: 'application/octet-stream' });
  return key;
}
