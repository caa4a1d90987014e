import { inspect } from 'node:util';

import { LostAnswer } from '../../activities/providers/lost-answer.ts';
import type { ReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { RawAnswer, RawHost } from './support/start-raw-host.ts';
import { json, startRawHost, text } from './support/start-raw-host.ts';

const token = 'r8_a-token-nobody-may-read';
const order = {
  kind: 'still' as const,
  model: 'owner/name',
  input: { prompt: 'A lamp', seed: 7 },
  cancelAfterSeconds: 90,
};

let raw: RawHost;
let host: ReplicateHost;

beforeAll(async () => {
  raw = await startRawHost();
  host = createReplicateHost({ baseUrl: `${raw.origin}/v1`, token });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
});

test('an order is one POST with the input, a deadline and the token', async () => {
  raw.answer(json(201, { id: 'abc', status: 'starting' }));

  expect(await host.createPrediction(order)).toEqual({ host: 'replicate', id: 'abc' });

  expect(raw.requests).toHaveLength(1);
  const [request] = raw.requests;
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v1/models/owner/name/predictions',
    headers: { authorization: `Bearer ${token}`, 'cancel-after': '90s', 'content-type': 'application/json' },
  });
  expect(JSON.parse(request!.body.toString())).toEqual({ input: order.input });
});

test('an order of a model that is run by version only names the version in its body', async () => {
  raw.answer(json(201, { id: 'abc', status: 'starting' }));
  const version = 'ab'.repeat(32);

  await host.createPrediction({ ...order, version, webhook });

  expect(raw.requests[0]?.path).toBe('/v1/predictions');
  expect(JSON.parse(raw.requests[0]!.body.toString())).toEqual({
    version: `owner/name:${version}`,
    input: order.input,
    webhook,
    webhook_events_filter: ['completed'],
  });
});

const webhook = 'https://hooks.example/webhooks/replicate?order=videos%2Fa&proof=nobody-may-read-this';

test('an order asks for one webhook, at the end', async () => {
  raw.answer(json(201, { id: 'abc', status: 'starting' }));

  await host.createPrediction({ ...order, webhook });

  expect(JSON.parse(raw.requests[0]!.body.toString())).toEqual({
    input: order.input,
    webhook,
    webhook_events_filter: ['completed'],
  });
});

test.each([422, 500])(
  'an answer of %i that quotes the address of a webhook does not give it away',
  async (status) => {
    raw.answer(json(status, { detail: `webhook: "${webhook}" must be an address that can be reached` }));

    const failure: unknown = await host
      .createPrediction({ ...order, webhook })
      .catch((error: unknown) => error);

    expect(inspect(failure, { depth: 10 })).not.toContain('nobody-may-read-this');
  },
);

test('the secret of webhooks is asked for, and one that is none is refused', async () => {
  raw.answer(json(200, { key: 'whsec_c2VjcmV0' }));
  expect(await host.readWebhookSecret()).toBe('whsec_c2VjcmV0');
  expect(raw.requests[0]).toMatchObject({ method: 'GET', path: '/v1/webhooks/default/secret' });

  raw.answer(json(200, { key: 'c2VjcmV0' }));
  await expect(host.readWebhookSecret()).rejects.toMatchObject({ type: 'ProviderUnavailable' });
});

test.each([
  [0, '5s'],
  [4.2, '5s'],
  [90.4, '90s'],
  [1800, '1800s'],
])('a deadline of %d s is sent as %s', async (cancelAfterSeconds, header) => {
  raw.answer(json(201, { id: 'abc', status: 'starting' }));

  await host.createPrediction({ ...order, cancelAfterSeconds });

  expect(raw.requests[0]?.headers['cancel-after']).toBe(header);
});

test.each<[string, RawAnswer]>([
  ['202', json(202, { id: 'abc', status: 'processing' })],
  ['a status of next year', json(201, { id: 'abc', status: 'queued' })],
  [
    'more than is documented',
    json(201, { id: 'abc', status: 'starting', deadline: null, urls: {}, new: [1] }),
  ],
])('an accepted order is an order, also with %s', async (_what, answer) => {
  raw.answer(answer);

  expect(await host.createPrediction(order)).toEqual({ host: 'replicate', id: 'abc' });
});

const throttled = (seconds: string) => ({
  detail: `Request was throttled. Your rate limit resets in ~${seconds}s.`,
});

test.each<[string, RawAnswer, number]>([
  ['a header', json(429, { detail: 'Slow down.' }, { 'retry-after': '7' }), 7_000],
  ['a header and a sentence', json(429, throttled('30'), { 'retry-after': '7' }), 7_000],
  ['a sentence alone', json(429, throttled('30')), 30_000],
  [
    'a header that is a date',
    json(429, throttled('3'), { 'retry-after': 'Sun, 22 Nov 2026 10:00:00 GMT' }),
    3_000,
  ],
  ['neither', json(429, { detail: 'Slow down.' }), 5_000],
  ['a page of HTML', text(429, '<html>Slow down</html>'), 5_000],
])('a host that throttles with %s is waited for as long as it says', async (_what, answer, retryAfterMs) => {
  raw.answer(answer);

  const failure = await failureOf(host.createPrediction(order));

  expect(failure).toMatchObject({ type: 'ProviderBusy', retryAfterMs });
  expect(raw.requests).toHaveLength(1);
});

test.each<[number, string]>([
  [400, 'InvalidRequest'],
  [401, 'CredentialsRejected'],
  [402, 'BudgetExceeded'],
  [403, 'CredentialsRejected'],
  [404, 'InvalidRequest'],
  [413, 'InvalidRequest'],
  [422, 'InvalidRequest'],
  [307, 'InvalidRequest'],
])('an order that is answered %i was not taken: %s, with the words of the host', async (status, type) => {
  raw.answer(json(status, { detail: 'Because.' }, { location: 'http://127.0.0.1:9/elsewhere' }));

  const failure = await failureOf(host.createPrediction(order));

  expect(failure).toMatchObject({ type });
  expect(failure.message).toContain('Ordering a prediction of owner/name');
  expect(failure.message).toContain(`${status}, "Because."`);
  expect(raw.requests).toHaveLength(1);
});

test.each([
  [400, { detail: 'The prompt was flagged as sensitive.' }, 'ContentRejected'],
  [403, { detail: 'Quota exceeded.' }, 'BudgetExceeded'],
  [200, { error: { code: 429, message: 'Slow down.' } }, 'ProviderBusy'],
  [200, { error: { code: 422, message: 'seed is missing' } }, 'InvalidRequest'],
])('an order that is answered %i with %j was not taken: %s', async (status, body, type) => {
  raw.answer(json(status, body));

  await expect(host.createPrediction(order)).rejects.toMatchObject({ type });
});

test('an order that no connection could carry was not taken', async () => {
  const nobody = await startRawHost();
  await nobody.stop();
  const gone = createReplicateHost({ baseUrl: `${nobody.origin}/v1`, token });

  expect(await failureOf(gone.createPrediction(order))).toMatchObject({ type: 'ProviderUnavailable' });

  await gone.close();
});

test.each<[string, RawAnswer]>([
  ['a 500', json(500, { detail: 'Oh no.' })],
  ['a 502 by a proxy', text(502, '<html>Bad gateway</html>')],
  ['a 503', json(503, {})],
  ['a page of HTML', text(200, '<html>Welcome</html>')],
  ['half a JSON', text(201, '{"id":"ab', 'application/json')],
  ['nothing', text(201, '', 'application/json')],
  ['JSON without an id', json(201, { status: 'starting' })],
  ['trouble inside', json(200, { error: { code: 502, message: 'Bad gateway' } })],
  ['an empty id', json(201, { id: '', status: 'starting' })],
  ['an id that is a path', json(201, { id: '../account', status: 'starting' })],
  ['an id of dots', json(201, { id: '..', status: 'starting' })],
  ['an id with control characters', json(201, { id: 'a\u001b[2J\n', status: 'starting' })],
  ['an id of 10 kB', json(201, { id: 'x'.repeat(10_000), status: 'starting' })],
  ['a reset', (_request, response) => void response.socket?.resetAndDestroy()],
  ['an end of the connection', (_request, response) => void response.socket?.destroy()],
  ['half a body', halfABody],
  ['a body without end', endlessBody],
])('an order answered by %s is lost, and is sent once', async (_what, answer) => {
  raw.answer(answer);

  await expect(host.createPrediction(order)).rejects.toBeInstanceOf(LostAnswer);

  expect(raw.requests).toHaveLength(1);
});

test('an order that is answered by silence is given up, and it is sent once', async () => {
  raw.answer(() => undefined);
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  // The product waits 20 s.
  AbortSignal.timeout = () => timeout(100);
  try {
    await expect(host.createPrediction(order)).rejects.toBeInstanceOf(LostAnswer);
  } finally {
    AbortSignal.timeout = timeout;
  }

  expect(raw.requests).toHaveLength(1);
});

test('no failure carries the token or a signed address, whatever the host repeats', async () => {
  const signed = 'https://bucket.example.com/stills/b1.png?X-Amz-Signature=abcdef&X-Amz-Expires=3600';
  for (const status of [401, 402, 422, 429, 500]) {
    raw.answer(json(status, { detail: `Token ${token} may not read ${signed}.` }));

    const failure: unknown = await host.createPrediction(order).catch((error: unknown) => error);

    const words = inspect(failure);
    expect(words).not.toContain(token);
    expect(words).not.toContain('Signature');
  }
});

function halfABody(_request: unknown, response: Parameters<RawAnswer>[1]): void {
  response.writeHead(201, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"id":"abc"');
  setTimeout(() => response.socket?.destroy(), 20);
}

function endlessBody(_request: unknown, response: Parameters<RawAnswer>[1]): void {
  const mebibyte = Buffer.alloc(1024 * 1024, ' ');
  response.writeHead(201, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(mebibyte));
  };
  response.on('drain', more);
  more();
}

async function failureOf(result: Promise<unknown>): Promise<BeatreelFailure> {
  const error = await result.then(
    () => new Error('It should have failed.'),
    (reason: unknown) => reason,
  );
  if (error instanceof BeatreelFailure) return error;
  throw error;
}
