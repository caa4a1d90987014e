import { join } from 'node:path';

import { buildInput } from '../../activities/providers/build-input.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import type { ReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { createReplicateHost } from '../../activities/providers/replicate/replicate-host.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import { readContract, type Contract } from '../contracts/contract.ts';
import { createContractChecker, type ContractChecker } from '../contracts/contract-checker.ts';
import { withStandIn } from '../stand-in/stand-in-harness.ts';
import { withBody, withHeader } from './support/change-request.ts';
import {
  json,
  startRawHost,
  type RawAnswer,
  type RawHost,
  type RawRequest,
} from './support/start-raw-host.ts';

const token = 'r8_right';
const version = 'ab'.repeat(32);
const order = {
  kind: 'still' as const,
  model: 'owner/name',
  input: { prompt: 'A lamp', seed: 7 },
  cancelAfterSeconds: 90,
};
const webhook = 'https://hooks.example/webhooks/replicate?order=a';

let contract: Contract;
let checker: ContractChecker;
let raw: RawHost;
let host: ReplicateHost;

beforeAll(async () => {
  contract = await readContract('replicate');
  checker = createContractChecker(contract, '/v1');
  raw = await startRawHost();
  host = createReplicateHost({ baseUrl: `${raw.origin}/v1`, token });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
});

const created = json(201, { id: 'abc', status: 'starting' });

const calls: readonly [string, RawAnswer, (host: ReplicateHost) => Promise<unknown>][] = [
  ['an order', created, () => host.createPrediction(order)],
  ['an order with a webhook', created, () => host.createPrediction({ ...order, webhook })],
  ['an order by version', created, () => host.createPrediction({ ...order, version })],
  [
    'an order by version with a webhook',
    created,
    () => host.createPrediction({ ...order, version, webhook }),
  ],
  ['a look', json(200, { id: 'abc', status: 'starting' }), () => host.getPrediction('abc')],
  ['a cancellation', json(200, { id: 'abc', status: 'canceled' }), () => host.cancelPrediction('abc')],
  ['a list', json(200, { results: [], next: null }), () => listed(host)],
  [
    'an upload',
    json(201, { urls: { get: 'https://files.example/1' } }),
    () => host.uploadFile({ name: 'a.png', contentType: 'image/png', sizeBytes: 3, body: pieces() }),
  ],
  ['whose key it is', json(200, { type: 'user', username: 'somebody' }), () => host.readAccountName()],
  ['the secret of webhooks', json(200, { key: 'whsec_c2VjcmV0' }), () => host.readWebhookSecret()],
];

test.each(calls)('%s keeps to the contract', async (_what, answer, call) => {
  raw.answer(answer);

  await call(host);

  expect(raw.requests.map((request) => checker.checkRequest(request))).toEqual([[]]);
});

test('no call of the contract is without a request in this file', () => {
  expect([...checker.seen].sort()).toEqual(
    contract.calls.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

test('an order of every model of the catalogue keeps to the contract', async () => {
  const catalogue = await loadCatalogue(join(packageRoot(), 'models.yaml'));
  const entries = catalogue.entries.filter((entry) => entry.host === 'replicate');
  raw.answer(created);
  const frame = { key: 'a.png', sizeBytes: 9, sha256: 'ab'.repeat(32), contentType: 'image/png' };
  const more = { aspectRatio: '16:9', firstFrame: frame, clipSeconds: 6, seconds: 12 };

  for (const entry of entries) {
    const request = { kind: entry.kind, prompt: 'A lamp', seed: 7, ...more } as never;
    const { input } = await buildInput(entry, request, () => Promise.resolve('https://files.example/1'));
    const { model, version: pinned } = entry;
    await host.createPrediction({
      kind: entry.kind,
      model,
      version: pinned,
      input,
      cancelAfterSeconds: 1800,
    });
  }

  const problems = raw.requests.map((request) => checker.checkRequest(request));
  expect(problems).toEqual(entries.map(() => []));
});

test.each<[string, (request: RawRequest) => RawRequest, string]>([
  ['without a token', withHeader('authorization', undefined), 'authorization'],
  ['without a deadline', withHeader('cancel-after', undefined), 'cancel-after'],
  ['with a deadline that the host refuses', withHeader('cancel-after', '4s'), 'cancel-after'],
  ['as text', withHeader('content-type', 'text/plain'), 'content-type'],
  ['with another verb', (request) => ({ ...request, method: 'PUT' }), 'PUT'],
  ['to another address', (request) => ({ ...request, path: '/v1/models/owner/predictions' }), 'no call'],
  ['with a query', (request) => ({ ...request, path: `${request.path}?wait=1` }), 'query'],
  ['without an input', withBody({ input: undefined }), 'input'],
  ['with an empty input', withBody({ input: {} }), 'input'],
  ['with an input that is a text', withBody({ input: 'A lamp' }), 'input'],
  ['with a field that the host does not know', withBody({ prompt: 'A lamp' }), 'additional properties'],
  ['that asks for every event', withBody({ webhook_events_filter: ['completed', 'logs'] }), 'events_filter'],
  ['that has a filter and no webhook', withBody({ webhook: undefined }), 'webhook'],
  ['with a webhook that is no address', withBody({ webhook: 'hooks.example' }), 'webhook'],
])('an order %s breaks the contract', async (_what, mutate, problem) => {
  raw.answer(created);
  await host.createPrediction({ ...order, webhook });

  const problems = checker.checkRequest(mutate(raw.requests[0]!));

  expect(problems.join('\n')).toContain(problem);
});

test("the stand-in's answers keep to the contract", async () => {
  await withStandIn({ token, stillSeconds: 60 }, async (api) => {
    const headers = { authorization: `Bearer ${token}` };
    const model = '/v1/models/black-forest-labs/flux-schnell/predictions';
    const { json: made } = await api.send('POST', model, { body: { input: { prompt: 'A lamp' } }, headers });
    const asked: [string, string][] = [
      ['GET', `/v1/predictions/${made.id}`],
      ['GET', '/v1/predictions'],
      ['POST', `/v1/predictions/${made.id}/cancel`],
      ['GET', `/v1/predictions/${made.id}`],
      ['GET', '/v1/account'],
      ['GET', '/v1/webhooks/default/secret'],
    ];
    expect(checker.checkAnswer({ method: 'POST', path: model }, 201, made)).toEqual([]);
    for (const [method, path] of asked) {
      const { status, json: body } = await api.send(method, path, { headers });
      expect([path, checker.checkAnswer({ method, path }, status, body)]).toEqual([path, []]);
    }
  });
});

test('an answer without what we read breaks the contract', () => {
  const look = { method: 'GET', path: '/v1/predictions/abc' };

  expect(checker.checkAnswer(look, 200, { id: 'abc', status: 'queued' }).join()).toContain('/status');
  expect(checker.checkAnswer(look, 200, { status: 'starting' }).join()).toContain("'id'");
  expect(checker.checkAnswer(look, 204, {}).join()).toContain('204 is none of the contract');
});

async function listed(at: ReplicateHost): Promise<unknown> {
  return at.listRecent(new Date(0))[Symbol.asyncIterator]().next();
}

async function* pieces(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from('abc');
}
