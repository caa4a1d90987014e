import { inspect } from 'node:util';

import type { OpenHost } from '../../activities/providers/host-registration.ts';
import { createMiniMaxHost } from '../../activities/providers/minimax/minimax-host.ts';
import { readMiniMaxSettings } from '../../activities/providers/minimax/minimax-settings.ts';
import { readImage, readMusic } from '../../activities/providers/minimax/read-outcome.ts';
import { minimaxRegistration } from '../../activities/providers/minimax/registration.ts';
import { secureAddress } from '../../activities/providers/minimax/secure-address.ts';
import { allowListPolicy, parseAllowList } from '../../storage/output-address.ts';
import { minimaxOrders } from './support/minimax-orders.ts';
import type { RawHost } from './support/start-raw-host.ts';
import { json, startRawHost, text } from './support/start-raw-host.ts';

const token = 'sk-a-key-nobody-may-read';
const fine = { base_resp: { status_code: 0, status_msg: 'success' } };

let raw: RawHost;
let host: OpenHost;

beforeAll(async () => {
  raw = await startRawHost();
  host = createMiniMaxHost({ baseUrl: raw.origin, token });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
});

test.each([
  [1000, 'LostAnswer', 'ProviderUnavailable'],
  [1001, 'LostAnswer', 'ProviderUnavailable'],
  [1024, 'LostAnswer', 'ProviderUnavailable'],
  [4711, 'LostAnswer', 'ProviderUnavailable'],
  [1002, 'ProviderBusy', 'ProviderBusy'],
  [1041, 'ProviderBusy', 'ProviderBusy'],
  [2045, 'ProviderBusy', 'ProviderBusy'],
  [1004, 'CredentialsRejected', 'CredentialsRejected'],
  [2049, 'CredentialsRejected', 'CredentialsRejected'],
  [1008, 'BudgetExceeded', 'BudgetExceeded'],
  [1028, 'BudgetExceeded', 'BudgetExceeded'],
  [1030, 'BudgetExceeded', 'BudgetExceeded'],
  [2056, 'BudgetExceeded', 'BudgetExceeded'],
  [2061, 'BudgetExceeded', 'BudgetExceeded'],
  [1026, 'ContentRejected', 'ContentRejected'],
  [1027, 'ContentRejected', 'ContentRejected'],
  [1039, 'InvalidRequest', undefined],
  [1042, 'InvalidRequest', undefined],
  [2013, 'InvalidRequest', undefined],
])('the code %i in an answer of 200 is %s of an order and %s of a look', async (code, ofOrder, ofLook) => {
  raw.answer(json(200, { base_resp: { status_code: code, status_msg: 'words' } }));

  const orders = await Promise.all(
    Object.values(minimaxOrders).map((order) =>
      host.createPrediction(order).catch((error: unknown) => error),
    ),
  );
  const look: unknown = await host.getPrediction('12').catch((error: unknown) => error);

  expect(orders.map((error) => (error as Error).name)).toEqual([ofOrder, ofOrder, ofOrder]);
  expect((look as Error | undefined)?.name).toBe(ofLook);
  for (const error of orders) expect((error as Error).message).toContain(`${code}, "words"`);
});

test('a refused key is named with its region, and never shown', async () => {
  raw.answer(json(200, { base_resp: { status_code: 1004, status_msg: `bad key ${token}` } }));

  const failure: unknown = await host.createPrediction(minimaxOrders.clip).catch((error: unknown) => error);

  expect(String(failure)).toContain('Check MINIMAX_API_KEY');
  expect(String(failure)).toContain('A key of api.minimaxi.com does not work at api.minimax.io');
  expect(String(failure)).toContain('MINIMAX_BASE_URL');
  expect(inspect(failure, { depth: 10 })).not.toContain(token);
});

test('a host that throttles and names no delay is left alone for six seconds', async () => {
  raw.answer(json(200, { base_resp: { status_code: 1002, status_msg: 'rate limit' } }));

  await expect(host.createPrediction(minimaxOrders.still)).rejects.toMatchObject({ retryAfterMs: 6_000 });
});

test('a refusal is read as one also where it names an empty task', async () => {
  raw.answer(json(200, { task_id: '', base_resp: { status_code: 1008, status_msg: 'no money' } }));

  await expect(host.createPrediction(minimaxOrders.clip)).rejects.toMatchObject({ type: 'BudgetExceeded' });
});

test.each(['../files', 'a\u001b[2J', '7'.repeat(10_000)])(
  'a task whose number is %j was perhaps taken, and is not asked for by that',
  async (task_id) => {
    raw.answer(json(200, { task_id, base_resp: { status_code: 0 } }));

    await expect(host.createPrediction(minimaxOrders.clip)).rejects.toMatchObject({ name: 'LostAnswer' });
  },
);

test('ids of more digits than a number holds reach the host digit by digit', async () => {
  const answers: Record<string, string> = {
    '/v1/video_generation': '{"task_id":9223372036854775807,"base_resp":{"status_code":0}}',
    '/v1/query/video_generation':
      '{"status":"SUCCESS","file_id":9223372036854775806,"base_resp":{"status_code":0}}',
    '/v1/files/retrieve':
      '{"file":{"file_id":1,"bytes":0,"download_url":"http://a.example/1"},"base_resp":{"status_code":0}}',
  };
  raw.answer((request, response) => {
    text(200, answers[request.path.split('?')[0] ?? ''] ?? '', 'application/json')(request, response);
  });

  const { id } = await host.createPrediction(minimaxOrders.clip);
  await host.getPrediction(id);

  expect(raw.requests.map(({ path }) => path)).toEqual([
    '/v1/video_generation',
    '/v1/query/video_generation?task_id=9223372036854775807',
    '/v1/files/retrieve?file_id=9223372036854775806',
  ]);
});

test('every look at footage that succeeded asks for a fresh address', async () => {
  let asked = 0;
  raw.answer((request, response) => {
    const isFile = request.path.startsWith('/v1/files/');
    if (isFile) asked += 1;
    const file = { download_url: `https://a.example/${asked}` };
    json(200, isFile ? { ...fine, file } : { ...fine, status: 'Success', file_id: '13' })(request, response);
  });

  const looks = [await host.getPrediction('12'), await host.getPrediction('12')];

  expect(looks).toMatchObject([
    { outputUrls: ['https://a.example/1'] },
    { outputUrls: ['https://a.example/2'] },
  ]);
});

test('the catalogue cannot set the form of an answer', async () => {
  raw.answer(
    json(200, { ...fine, data: { image_urls: ['https://a.example/1'], audio: 'https://a.example/2' } }),
  );
  const { still, score } = minimaxOrders;

  await host.createPrediction({ ...still, input: { ...still.input, n: 4, response_format: 'base64' } });
  await host.createPrediction({ ...score, input: { ...score.input, output_format: 'hex', stream: true } });

  expect(raw.requests.map(({ body }) => JSON.parse(body.toString()) as object)).toMatchObject([
    { model: 'image-01', n: 1, response_format: 'url' },
    { model: 'music-2.6', output_format: 'url', stream: false },
  ]);
});

test('pictures with their outcome carry the address, its end, and a name of the call', async () => {
  raw.answer(
    json(200, { ...fine, id: '0643/..', data: { image_urls: ['http://a.example/1?s=x'] }, metadata: {} }),
  );
  const before = Date.now();

  const created = await host.createPrediction(minimaxOrders.still);

  expect(created).toMatchObject({
    host: 'minimax',
    id: 'image-0643..',
    ended: { state: 'succeeded', outputUrls: ['http://a.example/1?s=x'], dataRemoved: false },
  });
  const end = Date.parse((created.ended as { urlsExpireAt?: string }).urlsExpireAt ?? '');
  expect(end - before).toBeGreaterThanOrEqual(24 * 3_600_000);
  expect(await host.getPrediction(created.id)).toBeUndefined();
  expect(raw.requests).toHaveLength(1);
});

test.each([
  [
    'one of one',
    { data: { image_urls: ['https://a'] }, metadata: { success_count: '1', failed_count: '0' } },
    1,
  ],
  ['two', { data: { image_urls: ['https://a', 'https://b'] }, metadata: null }, 2],
  ['none, and no reason', { data: { image_urls: [] }, metadata: { success_count: 0, failed_count: 0 } }, 0],
  ['one in base64, which nobody asked for', { data: { image_urls: ['iVBORw0KGgo='] }, metadata: null }, 0],
])('%s of the pictures', (_what, answer, count) => {
  const read = readImage(answer as never, 0);

  expect(read).toMatchObject({ state: 'succeeded', dataRemoved: false });
  expect(read.state === 'succeeded' && read.outputUrls).toHaveLength(count);
});

test('pictures that the filter took are refused content, and not billed', () => {
  const answer = { data: { image_urls: [] }, metadata: { success_count: 0, failed_count: 1 } };

  expect(readImage(answer as never, 0)).toMatchObject({
    state: 'failed',
    type: 'ContentRejected',
    charged: false,
  });
});

test.each([
  ['audio', { audio: 'https://a' }],
  ['audio_url', { audio_url: 'https://a' }],
  ['both', { audio: 'https://a', audio_url: 'https://b' }],
])('music is where %s says', (_where, data) => {
  expect(readMusic({ data }, 0)).toMatchObject({ outputUrls: ['https://a'] });
});

test('music in hex, which nobody asked for, is no address and is kept nowhere', () => {
  expect(readMusic({ data: { audio: '494433040000' } }, 0)).toMatchObject({ outputUrls: [] });
});

test.each([
  ['https://api.minimax.io', 'http://bucket.example/a?s=1', 'https://bucket.example/a?s=1'],
  ['https://api.minimax.io', 'https://bucket.example/a?s=1', 'https://bucket.example/a?s=1'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/files/a', 'http://127.0.0.1:4010/files/a'],
])('of the host at %s, the address %s is read as %s', (baseUrl, given, read) => {
  expect(secureAddress(baseUrl)(given)).toBe(read);
});

test.each([
  'https://public-cdn-video-data-algeng-us.oss-us-east-1.aliyuncs.com/inference_output/a.mp4?Signature=s',
  'https://hailuo-image-algeng-data-us.oss-us-east-1.aliyuncs.com/a.jpeg?Signature=s',
  'https://minimax-algeng-chat-tts-us.oss-us-east-1.aliyuncs.com/music/a.mp3?Signature=s',
  'https://video-product.cdn.minimax.io/a.mp4?Signature=s',
])('outputs may be read from %s', (address) => {
  expect(ownHosts.admit(new URL(address))).toBe('public');
});

test.each([
  'https://somebody.oss-us-east-1.aliyuncs.com/a.mp4',
  'https://oss-us-east-1.aliyuncs.com/a.mp4',
  'https://replicate.delivery/a.mp4',
  'https://minimax.io.example.com/a.mp4',
  'http://hailuo-image-algeng-data-us.oss-us-east-1.aliyuncs.com/a.jpeg',
])('nothing is read from %s', (address) => {
  expect(() => ownHosts.admit(new URL(address))).toThrow(/Refused to read/);
});

const ownHosts = allowListPolicy(parseAllowList(minimaxRegistration.outputHosts));

test('a picture that is too large for the host is refused with what to do', async () => {
  const file = { name: 'a.png', contentType: 'image/png', sizeBytes: 20_000_001, body: nothing() };

  await expect(host.uploadFile(file)).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringContaining('S3_PUBLIC_ENDPOINT') as string,
  });
});

test('a picture that breaks off on its way is no picture', async () => {
  const file = { name: 'a.png', contentType: 'image/png', sizeBytes: 10, body: nothing() };

  await expect(host.uploadFile(file)).rejects.toMatchObject({ type: 'ProviderUnavailable' });
});

test.each([
  [{}, undefined],
  [{ MINIMAX_API_KEY: ' ' }, undefined],
  [{ MINIMAX_API_KEY: 'sk' }, { baseUrl: 'https://api.minimax.io', token: 'sk' }],
  [
    { MINIMAX_API_KEY: 'sk', MINIMAX_BASE_URL: 'https://api.minimaxi.com/v1/' },
    { baseUrl: 'https://api.minimaxi.com', token: 'sk' },
  ],
  [{ MINIMAX_BASE_URL: 'http://127.0.0.1:4010' }, { baseUrl: 'http://127.0.0.1:4010', token: undefined }],
])('the settings in %j', (env, settings) => {
  expect(readMiniMaxSettings(env)).toEqual(settings);
});

test('without a key one sentence says what is missing and where it is used', () => {
  expect(minimaxRegistration.setUp({})).toEqual({
    missing: expect.stringMatching(/^MINIMAX_API_KEY is not set\. It is needed to order/) as string,
  });
});

async function* nothing(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from('abc');
}
