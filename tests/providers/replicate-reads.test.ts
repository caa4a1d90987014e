import type { ModelHost } from '../../activities/providers/model-host.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import type { RawAnswer, RawHost } from './support/start-raw-host.ts';
import { json, startRawHost, text } from './support/start-raw-host.ts';

const token = 'r8_a-token-nobody-may-read';

let raw: RawHost;
let elsewhere: RawHost;
let host: ModelHost & { close(): Promise<void> };

beforeAll(async () => {
  [raw, elsewhere] = await Promise.all([startRawHost(), startRawHost()]);
  host = createReplicateHost({ baseUrl: `${raw.origin}/v1`, token });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
  await elsewhere.stop();
});

test.each([
  ['starting', { state: 'running' }],
  ['processing', { state: 'running' }],
  ['canceled', { state: 'canceled', type: 'PredictionFailed', charged: true }],
  ['aborted', { state: 'canceled', type: 'PredictionInterrupted', charged: false }],
])('a prediction that is %s is %j', async (status, expected) => {
  raw.answer(json(200, { id: 'abc', status, output: null, error: null }));

  expect(await host.getPrediction('abc')).toMatchObject(expected);
});

const address = 'https://replicate.delivery/out.png';

test.each<[string, unknown, readonly string[]]>([
  ['one address', address, [address]],
  ['a list of one', [address], [address]],
  ['a list of two', [address, `${address}2`], [address, `${address}2`]],
  ['null', null, []],
  ['an empty list', [], []],
  ['an empty text', '', []],
  ['a list of nothing', [null, ''], []],
  ['an object', { video: address }, [address]],
  ['a list of objects', [{ url: address }], [address]],
  ['a nested list', [[address]], [address]],
  ['the same address twice', [address, { url: address }], [address]],
  ['a film with a preview', { preview: `${address}0`, film: address }, [address]],
])('an output that is %s is read as it is meant', async (_what, output, outputUrls) => {
  raw.answer(json(200, { id: 'abc', status: 'succeeded', output }));

  expect(await host.getPrediction('abc')).toMatchObject({
    state: 'succeeded',
    outputUrls,
    dataRemoved: false,
  });
});

test('words in place of a file are a refusal', async () => {
  raw.answer(json(200, { id: 'abc', status: 'succeeded', output: ['I cannot', 'draw that.'] }));

  expect(await host.getPrediction('abc')).toEqual({
    state: 'failed',
    type: 'PredictionFailed',
    reason: 'The model delivered words in place of a file: "I cannot draw that."',
    charged: true,
  });
});

test('a prediction whose data was removed says so', async () => {
  raw.answer(json(200, { id: 'abc', status: 'succeeded', output: null, data_removed: true }));

  expect(await host.getPrediction('abc')).toMatchObject({ outputUrls: [], dataRemoved: true });
});

test.each<[unknown, string, string]>([
  [
    'The input was flagged as sensitive. (E005)',
    'ContentRejected',
    'The input was flagged as sensitive. (E005)',
  ],
  ['CUDA out of memory (E1001)', 'PredictionFailed', 'CUDA out of memory (E1001)'],
  [null, 'PredictionFailed', 'no reason given'],
  ['Out of \u001b[31mmemory\u009b2J\u0007', 'PredictionFailed', 'Out of [31mmemory 2J'],
  [{ code: 1 }, 'PredictionFailed', 'no reason given'],
  [{ message: 'Queue is full' }, 'PredictionInterrupted', 'Queue is full'],
  [
    'Cannot read https://b.example.com/a.png?X-Amz-Signature=ab',
    'PredictionFailed',
    'Cannot read https://b.example.com/…',
  ],
])('a prediction that failed with %j is %s', async (error, type, reason) => {
  raw.answer(json(200, { id: 'abc', status: 'failed', error }));

  expect(await host.getPrediction('abc')).toEqual({ state: 'failed', type, reason, charged: false });
});

test('a prediction that the host does not know is nothing', async () => {
  raw.answer(json(404, { detail: 'Not found.' }));

  expect(await host.getPrediction('a/b')).toBeUndefined();
  expect(raw.requests[0]?.path).toBe('/v1/predictions/a%2Fb');
});

test.each<[string, RawAnswer, string]>([
  ['a 500', json(500, {}), 'ProviderUnavailable'],
  ['a 429', json(429, { detail: 'resets in ~2s.' }), 'ProviderBusy'],
  ['a 401', json(401, {}), 'CredentialsRejected'],
  ['a page of HTML', text(200, '<html>Welcome</html>'), 'ProviderUnavailable'],
  ['half a JSON', text(200, '{"id"', 'application/json'), 'ProviderUnavailable'],
  ['an empty status', json(200, { id: 'abc', status: '' }), 'ProviderUnavailable'],
  ['a status it does not document', json(200, { id: 'abc', status: 'melted' }), 'ProviderUnavailable'],
  ['a reset', (_request, response) => void response.socket?.resetAndDestroy(), 'ProviderUnavailable'],
])('a look that is answered by %s is %3$s and no more than one request', async (_what, answer, type) => {
  raw.answer(answer);

  await expect(host.getPrediction('abc')).rejects.toMatchObject({ type });

  expect(raw.requests).toHaveLength(1);
});

test('a cancellation of what the host does not know is no failure', async () => {
  raw.answer(json(404, {}));

  await host.cancelPrediction('abc');

  expect(raw.requests).toMatchObject([{ method: 'POST', path: '/v1/predictions/abc/cancel' }]);
});

test('a look that is answered with another prediction tells nothing of this one', async () => {
  raw.answer(json(200, { id: 'xyz', status: 'succeeded', output: [address] }));

  await expect(host.getPrediction('abc')).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: 'Looking at prediction abc: the host answered with prediction xyz.',
  });
});

test.each([
  [{ created_at: null, started_at: null, completed_at: null, metrics: null, data_removed: null }],
  [{ created_at: 'yesterday', metrics: { predict_time: 'long' } }],
  [{ metrics: { predict_time: -1 } }],
  [{ metrics: 'none' }],
  [{ metrics: { predict_time: null } }],
  [{ created_at: 1_700_000_000, completed_at: '1700000007', data_removed: 'no' }],
  [{ status: ' Succeeded' }],
])('an end counts also with %j', async (odd) => {
  raw.answer(json(200, { id: 'abc', status: 'succeeded', output: address, ...odd }));

  expect(await host.getPrediction('abc')).toEqual({
    state: 'succeeded',
    outputUrls: [address],
    dataRemoved: false,
  });
});

const since = new Date('2026-11-22T10:00:00Z');
const item = (id: string, minute: string, more: object = {}) => ({
  id,
  status: 'processing',
  created_at: `2026-11-22T10:${minute}:00.123456Z`,
  input: { seed: 7 },
  ...more,
});

test('the list is read page by page, newest first, until it is older than asked for', async () => {
  const pages: Record<string, unknown> = {
    first: {
      next: `${raw.origin}/v1/predictions?cursor=second`,
      results: [item('d', '09'), item('c', '08')],
    },
    second: {
      next: `${raw.origin}/v1/predictions?cursor=third`,
      results: [
        item('b', '07', { status: 'melted' }),
        { ...item('a', '06'), created_at: '2026-11-22T09:59:59Z' },
      ],
    },
  };
  raw.answer(({ path }, response) => {
    const cursor = new URL(path, raw.origin).searchParams.get('cursor') ?? 'first';
    json(200, pages[cursor])({ path } as never, response);
  });

  const listed = await readAll();

  expect(listed.map(({ id }) => id)).toEqual(['d', 'c', 'b']);
  expect(listed[0]?.input).toEqual({ seed: 7 });
  expect(raw.requests.map(({ path }) => path)).toEqual([
    '/v1/predictions?created_after=2026-11-22T10%3A00%3A00.000Z',
    '/v1/predictions?cursor=second',
  ]);
});

test('an item of the list whose side fields are odd is one with an unknown input', async () => {
  raw.answer(
    json(200, { results: [item('a', '01', { input: 'a lamp', created_at: 7, data_removed: 'no' })] }),
  );

  expect(await readAll()).toEqual([{ id: 'a', input: undefined }]);
});

test('a next page elsewhere is refused, and the token is not sent there', async () => {
  raw.answer(json(200, { next: `${elsewhere.origin}/v1/predictions?cursor=x`, results: [item('a', '01')] }));

  await expect(readAll()).rejects.toThrow(elsewhere.origin);

  expect(elsewhere.requests).toEqual([]);
});

test('a next page that is not an address is reported', async () => {
  raw.answer(json(200, { next: 'the next one', results: [item('a', '01')] }));

  await expect(readAll()).rejects.toThrow('The host named a next page that is not an address.');
});

test.each([
  ['is not there', json(404, { detail: 'Not found.' }), 'NeedsReconcile'],
  ['is no list', json(200, { detail: 'Soon.' }), 'ProviderUnavailable'],
  ['cannot be read now', json(503, {}), 'ProviderUnavailable'],
])('a list that %s is never taken for an empty one', async (_what, answer, type) => {
  raw.answer(answer);

  await expect(readAll()).rejects.toMatchObject({ type });
});

test('a later page that is not there is not taken for the end', async () => {
  raw.answer((request, response) => {
    const isFirst = raw.requests.length === 1;
    const next = `${raw.origin}/v1/predictions?cursor=x`;
    json(isFirst ? 200 : 404, { next, results: [item('a', '01')] })(request, response);
  });

  await expect(readAll()).rejects.toMatchObject({ type: 'NeedsReconcile' });
});

async function readAll() {
  const listed = [];
  for await (const found of host.listRecent(since)) listed.push(found);
  return listed;
}
