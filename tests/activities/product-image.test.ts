import { createFetchPicture } from '../../activities/fetch-picture.ts';
import { createAcceptBrief } from '../../activities/accept-brief.ts';
import { createActivities } from '../../activities/index.ts';
import { createTransfer } from '../../storage/transfer.ts';
import { allowListPolicy, parseAllowList } from '../../storage/output-address.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { createPartSender } from '../../storage/part-sender.ts';
import { createTransferMemory } from '../../storage/transfer-memory.ts';
import { createSafeAgent } from '../../storage/safe-agent.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';
import type { FileAnswer, FileSource } from '../storage/start-file-source.ts';
import { startFileSource } from '../storage/start-file-source.ts';
import { mp4, noise, sha256 } from '../storage/test-files.ts';
import { cmykJpeg, drawPng } from '../support/picture-files.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

const lampPicture = drawPng();

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

test('an upload of the tenant is copied into the folder of the video', async () => {
  const bytes = lampPicture;
  const source = await put('uploads/acme/lamp é.bin', bytes);
  const videoId = bench.newVideoId();

  const { productImage, models } = await accept(source, { videoId, tenant: 'acme' });
  await put(source, drawPng({ paint: () => [0, 0, 255] }));

  expect(productImage).toEqual({
    key: `videos/${videoId}/product-image-${sha256(bytes).slice(0, 16)}`,
    sizeBytes: bytes.byteLength,
    sha256: sha256(bytes),
    contentType: 'image/png',
  });
  expect((await bench.worker.store.hashObject(productImage?.key ?? '')).sha256).toBe(sha256(bytes));
  expect(await bench.worker.store.head(productImage?.key ?? '')).toMatchObject({ contentType: 'image/png' });
  // A picture of the product needs a model that takes pictures.
  expect(models.still.name).toBe('flux-kontext-pro');
});

test('a picture in the folder of the video itself is taken', async () => {
  const videoId = bench.newVideoId();
  const source = await put(`videos/${videoId}/lamp.png`, lampPicture);

  expect((await accept(source, { videoId })).productImage).toMatchObject({ sha256: sha256(lampPicture) });
});

test('the same picture, uploaded again under another name, is the same brief', async () => {
  const videoId = bench.newVideoId();
  const [first, second] = ['0', '1'].map(
    (digit) => `uploads/acme/${digit.repeat(32)}-${sha256(lampPicture)}.png`,
  );
  await put(first ?? '', lampPicture);

  const accepted = await accept(first ?? '', { videoId, tenant: 'acme' });

  expect(await accept(second ?? '', { videoId, tenant: 'acme' })).toEqual(accepted);
});

/** Every stored key holds a picture, unless the case gives other bytes. */
test.each<[string, string, Buffer | undefined]>([
  ['an upload of another tenant', 'uploads/globex/lamp.png', lampPicture],
  ['an upload of no tenant', 'uploads/lamp.png', lampPicture],
  ['of another video', 'videos/theirs/stills/b1.png', lampPicture],
  ['anywhere else', 'assets/lamp.png', lampPicture],
  ['not there, and of another tenant', 'uploads/globex/none.png', undefined],
  ['a way out of the folder', 'uploads/acme/../globex/lamp.png', undefined],
  ['not there', 'uploads/acme/none.png', undefined],
  ['footage', 'uploads/acme/lamp.mp4', mp4(500)],
  ['noise', 'uploads/acme/noise.png', noise(500)],
  ['an animation', 'uploads/acme/lamp.gif', Buffer.from('GIF89a and so on')],
  ['shorter than its first bytes', 'uploads/acme/short.png', Buffer.from('\x89PNG', 'latin1')],
  ['empty', 'uploads/acme/empty.png', Buffer.alloc(0)],
  ['the folder', 'uploads/acme/', undefined],
])('an object that is %s is refused in the same words as all others', async (_what, key, bytes) => {
  if (bytes) await put(key, bytes);
  const videoId = bench.newVideoId();

  const failure = await failureOf(accept(key, { videoId, tenant: 'acme' }));

  const rule = `https://…, or the key of a PNG, JPEG or WebP picture of at most 64 MiB in uploads/acme/ or videos/${videoId}/`;
  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(failure.message).toBe(`The brief has a problem: productImage is ${JSON.stringify(key)}: ${rule}.`);
  expect(failure.details).toEqual([[{ field: 'productImage', value: JSON.stringify(key), rule }]]);
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

const picture: FileAnswer = { bytes: lampPicture, contentType: 'image/png' };

test('a picture by address is stored with the video', async () => {
  const videoId = bench.newVideoId();

  const { productImage } = await acceptFrom(source.serve('/lamp.png', picture), { videoId });

  expect(productImage).toMatchObject({
    key: `videos/${videoId}/product-image`,
    sha256: sha256(picture.bytes),
    contentType: 'image/png',
  });
});

test('a brief with a picture by address that is accepted again reads nothing', async () => {
  const videoId = bench.newVideoId();
  const address = source.serve('/again.png', picture);
  const first = await acceptFrom(address, { videoId });

  expect(await acceptFrom(address, { videoId })).toEqual(first);

  expect(source.hits.filter(({ path }) => path === '/again.png')).toHaveLength(1);
});

test('a picture by address that no model can use is refused in words about it', async () => {
  const bytes = drawPng({ width: 20, height: 2000 });
  const address = source.serve('/stripe.png', { bytes, contentType: 'image/png' });

  await expectRefused(acceptFrom(address), source.origin, /20 × 2000 pixels; at least 64 on each side/);
});

test('a JPEG by address of which only the end is missing is refused before anything is bought', async () => {
  const bytes = cmykJpeg([0, 255, 255, 255]).subarray(0, -2);
  const address = source.serve('/cut.jpg', { bytes, contentType: 'image/jpeg' });

  await expectRefused(acceptFrom(address), source.origin, /cut off: its end is missing/);
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

test.each<[FileAnswer, RegExp]>([
  [{ bytes: Buffer.from('No.'), status: 403 }, /its server answered 403 for this picture; give an address/],
  [{ bytes: Buffer.from('Log in.'), status: 401 }, /its server answered 401/],
  [{ bytes: Buffer.from('Later.'), status: 503 }, /its server answered 503/],
])(
  'an address that answers %j for two minutes is refused in words about the picture',
  async (answer, rule) => {
    const address = source.serve(`/stays-${String(answer.status)}.png`, answer);
    expect(await failureOf(acceptFrom(address))).toMatchObject({ type: 'ProviderUnavailable' });

    await expectRefused(acceptFrom(address, { waitedMs: 120_000 }), source.origin, rule);
  },
);

test('a server that refuses connections is not waited for longer than two minutes', async () => {
  const gone = await startFileSource();
  const address = gone.serve('/lamp.png', picture);
  await gone.stop();
  const origins = `${source.origin} ${gone.origin}`;

  const failure = failureOf(acceptFrom(address, { waitedMs: 120_000, origins }));

  expect(await failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect((await failure).message).toContain('cannot be reached (ECONNREFUSED)');
});

test.each([
  ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'HEIC, as telephones take it'],
  ['AVIF', '\0\0\0\x1cftypmif1\0\0\0\0mif1avif', 'AVIF'],
  ['SVG', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', 'an SVG drawing'],
  ['page', '<html>Log in</html>', 'no picture'],
])('%s that is called a JPEG is refused with what it is and what to send', async (what, text, name) => {
  const bytes = Buffer.from(text, 'latin1');
  const address = source.serve(`/${what}.jpg`, { bytes, contentType: 'image/jpeg' });

  const rule = `the file is ${name}, whatever its name says; send a PNG, JPEG or WebP picture`;
  await expectRefused(acceptFrom(address), source.origin, new RegExp(rule));
});

const brief = { prompt: 'A lamp', durationSeconds: 5 };

function accept(
  productImage: string,
  { videoId = bench.newVideoId(), ...more }: { videoId?: string; tenant?: string } = {},
) {
  const { acceptBrief } = createActivities(bench.worker);
  return runActivity(acceptBrief, { videoId, input: { ...brief, ...more, productImage } });
}

async function put(key: string, bytes: Buffer): Promise<string> {
  await bench.worker.store.putBytes(key, bytes, { contentType: 'application/octet-stream' });
  return key;
}

interface AcceptOptions {
  readonly videoId?: string;
  /** Time since the brief arrived. */
  readonly waitedMs?: number;
  readonly origins?: string;
}

/** The same with a network in which only the test's own server is public. */
function acceptFrom(
  address: string,
  { videoId = bench.newVideoId(), waitedMs = 0, origins = source.origin }: AcceptOptions = {},
) {
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
  const reader = { agent, policy: allowListPolicy(parseAllowList(origins)) };
  const memory = createTransferMemory({ memoryMiB: 20, partMiB: 5 });
  const transfer = createTransfer({ s3, reader, partSender, memory, limits: { reconnectPauseMs: 5 } });
  const fetchPicture = createFetchPicture({ ...bench.worker, transfer });
  // Briefs name pictures by https; the test's server speaks http.
  const read: typeof fetchPicture = (wanted, run) => fetchPicture({ ...wanted, source: address }, run);
  const input = { ...brief, productImage: address.replace('http:', 'https:') };
  return runActivity(
    createAcceptBrief({ ...bench.worker, fetchPicture: read }),
    { videoId, input },
    {
      scheduledTimestampMs: Date.now() - waitedMs,
    },
  );
}

async function expectRefused(result: Promise<unknown>, named: string, rule: RegExp): Promise<void> {
  const failure = await failureOf(result);
  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(failure.message).toContain(named);
  expect(failure.message).toMatch(rule);
  expect(failure.message).not.toContain('secret');
  expect(failure.details).toMatchObject([[{ field: 'productImage' }]]);
}
