import { createFetchProductImage } from '../../activities/fetch-product-image.ts';
import { createAcceptBrief } from '../../activities/accept-brief.ts';
import { createActivities } from '../../activities/index.ts';
import { createTransfer } from '../../activities/storage/transfer.ts';
import { allowListPolicy, parseAllowList } from '../../activities/storage/output-address.ts';
import { connectS3 } from '../../activities/storage/create-s3-client.ts';
import { createPartSender } from '../../activities/storage/part-sender.ts';
import { createTransferMemory } from '../../activities/storage/transfer-memory.ts';
import { createSafeAgent } from '../../activities/storage/safe-agent.ts';
import { readS3Settings } from '../../activities/storage/s3-settings.ts';
import type { FileAnswer, FileSource } from '../storage/start-file-source.ts';
import { startFileSource } from '../storage/start-file-source.ts';
import { mp4, noise, png, sha256 } from '../storage/test-files.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;
let source: FileSource;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  bench = await startActivityBench();
  source = await startFileSource();
});
afterAll(async () => {
  for (const close of closing) await close();
  await source.stop();
  await bench.close();
});

test('an object of the bucket that is a picture is taken as it lies there', async () => {
  const bytes = png(300);
  const key = `assets/${bench.newVideoId()}.bin`;
  await bench.worker.store.putBytes(key, bytes, { contentType: 'application/octet-stream' });

  const { productImage, models } = await accept(key);

  expect(productImage).toEqual({
    key,
    sizeBytes: bytes.byteLength,
    sha256: sha256(bytes),
    contentType: 'image/png',
  });
  // A picture of the product needs a model that looks at it.
  expect(models.still.name).toBe('flux-kontext-pro');
});

test.each<[string, Buffer, RegExp]>([
  ['footage', mp4(500), /no PNG, JPEG or WebP/],
  ['noise', noise(500), /no PNG, JPEG or WebP/],
  ['an animation', Buffer.from('GIF89a and so on'), /no PNG, JPEG or WebP/],
  ['shorter than its first bytes', Buffer.from('\x89PNG', 'latin1'), /no PNG, JPEG or WebP/],
])('an object of the bucket that is %s is refused', async (_what, bytes, rule) => {
  const key = `assets/${bench.newVideoId()}.png`;
  await bench.worker.store.putBytes(key, bytes, { contentType: 'image/png' });

  await expectRefused(accept(key), key, rule);
});

test('an empty object of the bucket is refused', async () => {
  const key = `assets/${bench.newVideoId()}.json`;
  await bench.worker.store.putBytes(key, Buffer.alloc(0), { contentType: 'image/png' });

  await expectRefused(accept(key), key, /no PNG, JPEG or WebP/);
});

test('an object that is not in the bucket is refused', async () => {
  await expectRefused(accept('assets/none.png'), 'assets/none.png', /no such object/);
});

test.each([
  'https://127.0.0.1/lamp.png',
  'https://127.0.0.1:8333/lamp.png',
  'https://169.254.169.254/latest/meta-data/iam',
  'https://[::1]/lamp.png',
  'https://[::ffff:10.0.0.1]/lamp.png',
  'https://0x7f000001/lamp.png',
  'https://localhost/lamp.png',
])('the address %s is refused before anything is read', async (address) => {
  await expectRefused(accept(`${address}?signature=secret`), new URL(address).origin, /Refused to read/);
});

test('a redirect to an address that may not be read is refused', async () => {
  const inside = await startFileSource();
  closing.push(() => inside.stop());
  const target = inside.serve('/lamp.png', picture);
  const address = source.serve('/moved.png', {
    status: 302,
    bytes: Buffer.alloc(0),
    headers: { location: target },
  });

  await expectRefused(acceptFrom(address), source.origin, /Refused to read/);

  expect(inside.hits).toEqual([]);
});

const picture: FileAnswer = { bytes: png(300), contentType: 'image/png' };

test('a picture by address is stored with the video', async () => {
  const videoId = bench.newVideoId();

  const { productImage } = await acceptFrom(source.serve('/lamp.png', picture), videoId);

  expect(productImage).toMatchObject({
    key: `videos/${videoId}/product-image`,
    sha256: sha256(picture.bytes),
    contentType: 'image/png',
  });
});

test('a brief with a picture by address that is accepted again reads nothing', async () => {
  const videoId = bench.newVideoId();
  const address = source.serve('/again.png', picture);
  const first = await acceptFrom(address, videoId);

  expect(await acceptFrom(address, videoId)).toEqual(first);

  expect(source.hits.filter(({ path }) => path === '/again.png')).toHaveLength(1);
});

test.each<[string, FileAnswer, RegExp]>([
  ['a page of HTML', { bytes: Buffer.from('<html>Log in</html>'), contentType: 'text/html' }, /./],
  ['footage', { bytes: mp4(500), contentType: 'video/mp4' }, /./],
  ['not there', { bytes: Buffer.from('Gone.'), status: 404 }, /404/],
  ['not for everybody', { bytes: Buffer.from('No.'), status: 418 }, /418/],
])('an address that is %s is refused as the brief it belongs to', async (what, answer, rule) => {
  const address = source.serve(`/${encodeURIComponent(what)}`, answer);

  await expectRefused(acceptFrom(address), source.origin, rule);
});

test('an address that does not answer now is asked again', async () => {
  const address = source.serve('/later.png', { bytes: Buffer.from('Later.'), status: 503 });

  const failure = await failureOf(acceptFrom(address));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
});

const brief = { prompt: 'A lamp', durationSeconds: 5 };

function accept(productImage: string) {
  const { acceptBrief } = createActivities(bench.worker);
  return runActivity(acceptBrief, { videoId: bench.newVideoId(), input: { ...brief, productImage } });
}

/** The same with a network in which the test's own server, and no other, is public. */
function acceptFrom(address: string, videoId = bench.newVideoId()) {
  const s3 = connectS3(readS3Settings(process.env));
  const agent = createSafeAgent();
  const partSender = createPartSender(s3);
  closing.push(
    () => partSender.close(),
    () => agent.close(),
    () => {
      s3.client.destroy();
    },
  );
  const reader = { agent, policy: allowListPolicy(parseAllowList(source.origin)) };
  const memory = createTransferMemory({ memoryMiB: 20, partMiB: 5 });
  const transfer = createTransfer({ s3, reader, partSender, memory, limits: { reconnectPauseMs: 5 } });
  const fetchProductImage = createFetchProductImage({ store: bench.worker.store, transfer });
  // Briefs name pictures by https; the test's server speaks http.
  const read: typeof fetchProductImage = (id, _address, run) => fetchProductImage(id, address, run);
  const input = { ...brief, productImage: address.replace('http:', 'https:') };
  return runActivity(createAcceptBrief({ ...bench.worker, fetchProductImage: read }), { videoId, input });
}

async function expectRefused(result: Promise<unknown>, named: string, rule: RegExp): Promise<void> {
  const failure = await failureOf(result);
  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(failure.message).toContain(named);
  expect(failure.message).toMatch(rule);
  expect(failure.message).not.toContain('secret');
  expect(failure.details).toMatchObject([[{ field: 'productImage' }]]);
}
