import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import type { ReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { parseJson } from '../../activities/providers/parse-json.ts';
import { json, startRawHost, text, type RawHost } from './support/start-raw-host.ts';

let raw: RawHost;
let host: ReplicateHost;

beforeAll(async () => {
  raw = await startRawHost();
  host = createReplicateHost({ baseUrl: `${raw.origin}/v1`, token: undefined });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
});

const mib = 1024 * 1024;
const order = {
  kind: 'still',
  model: 'owner/name',
  input: { prompt: 'A lamp' },
  cancelAfterSeconds: 1800,
} as const;

test.each([
  { body: { detail: `Try again in ~${'9'.repeat(400)}s` }, retryAfterMs: 3_600_000 },
  { headers: { 'retry-after': '36000' }, retryAfterMs: 3_600_000 },
  { headers: { 'retry-after': '1e12' }, retryAfterMs: 3_600_000 },
  { headers: { 'retry-after': 'Wed, 21 Oct 2035 07:28:00 GMT' }, retryAfterMs: 3_600_000 },
  { headers: { 'retry-after': '-7' }, retryAfterMs: 5_000 },
])('a busy host that says $headers $body is asked again within the hour', async (busy) => {
  raw.answer(json(429, busy.body ?? {}, busy.headers ?? {}));

  await expect(host.createPrediction(order)).rejects.toMatchObject({
    type: 'ProviderBusy',
    retryAfterMs: busy.retryAfterMs,
  });
});

test.each<[unknown, object]>([
  ['12.5', { billedSeconds: 12.5 }],
  [1e300, {}],
  [-3, {}],
  ['a while', {}],
  [{ seconds: 3 }, {}],
])('a prediction billed for %j is one that has succeeded all the same', async (predictTime, billed) => {
  raw.answer(
    json(200, {
      id: 'p',
      status: 'succeeded',
      output: 'https://a/b',
      metrics: { predict_time: predictTime },
    }),
  );

  expect(await host.getPrediction('p')).toEqual({
    state: 'succeeded',
    outputUrls: ['https://a/b'],
    dataRemoved: false,
    ...billed,
  });
});

const page = { results: [{ id: 'p', created_at: new Date().toISOString(), input: { prompt: 'x' } }] };

test('a list whose next page is one that was read before proves nothing', async () => {
  raw.answer((request, response) => {
    json(200, { ...page, next: `${raw.origin}/v1/predictions?cursor=again` })(request, response);
  });

  await expect(readList()).rejects.toMatchObject({ type: 'NeedsReconcile' });
  expect(raw.requests).toHaveLength(2);
});

test('a list without an end proves nothing', async () => {
  raw.answer((request, response) => {
    const next = `${raw.origin}/v1/predictions?cursor=${raw.requests.length}`;
    json(200, { ...page, next })(request, response);
  });

  await expect(readList()).rejects.toMatchObject({ type: 'NeedsReconcile' });
  expect(raw.requests).toHaveLength(100);
});

test('a list is read no further when its reader is stopped', async () => {
  const stop = new AbortController();
  raw.answer((request, response) => {
    if (raw.requests.length === 3) stop.abort(new Error('The video was terminated'));
    const next = `${raw.origin}/v1/predictions?cursor=${raw.requests.length}`;
    json(200, { ...page, next })(request, response);
  });

  await expect(readList(stop.signal)).rejects.toThrow();
  expect(raw.requests).toHaveLength(3);
});

async function readList(signal?: AbortSignal): Promise<void> {
  const listed: string[] = [];
  for await (const { id } of host.listRecent(new Date(0), signal)) listed.push(id);
}

test.each([
  {
    what: 'an order',
    status: 201,
    call: () => host.createPrediction(order),
    failure: { name: 'LostAnswer' },
  },
  {
    what: 'a refusal of an order',
    status: 422,
    call: () => host.createPrediction(order),
    failure: { type: 'InvalidRequest' },
  },
  {
    what: 'a refusal of a look',
    status: 500,
    call: () => host.getPrediction('p'),
    failure: { type: 'ProviderUnavailable' },
  },
])('$what of more than 1 MiB is not read, and is what its status says', async (long) => {
  raw.answer(text(long.status, JSON.stringify({ id: 'p', status: 'starting', logs: 'x'.repeat(2 * mib) })));

  await expect(long.call()).rejects.toMatchObject(long.failure);
});

test('a look with 20 MiB of logs is read', async () => {
  raw.answer(text(200, JSON.stringify({ id: 'p', status: 'processing', logs: 'x'.repeat(20 * mib) })));

  expect(await host.getPrediction('p')).toEqual({ state: 'running' });
});

test.each([
  ['60 MiB of empty objects', `{"results":[${'{},'.repeat(20 * mib)}{}]}`],
  ['a million brackets', '['.repeat(mib)],
])('a look that answers with %s is asked again', async (_what, body) => {
  raw.answer(text(200, body));

  await expect(host.getPrediction('p')).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringContaining('the answer has more than 200000 values') as string,
  });
});

test('a look of more than 64 MiB is asked again', async () => {
  raw.answer(text(200, 'x'.repeat(65 * mib)));

  await expect(host.getPrediction('p')).rejects.toMatchObject({ type: 'ProviderUnavailable' });
});

test('everything else goes on while a large answer is parsed', async () => {
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 1);
  const parsed = await parseJson(`{"results":[${'{},'.repeat(20 * mib)}{}]}`);
  clearInterval(turning);

  expect(parsed).toMatchObject({ ok: false });
  expect(turns).toBeGreaterThan(5);
});

test('digits are kept in large answers, too', async () => {
  const body = JSON.stringify({ logs: 'x\\"'.repeat(mib) }).replace('}', ',"file_id":9223372036854775807}');

  expect(await parseJson(body, { lossless: true })).toMatchObject({
    ok: true,
    value: { file_id: '9223372036854775807' },
  });
});
