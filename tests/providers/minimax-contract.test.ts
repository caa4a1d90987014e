import { join } from 'node:path';

import { buildInput } from '../../activities/providers/build-input.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import type { OpenHost } from '../../activities/providers/host-registration.ts';
import { createMiniMaxHost } from '../../activities/providers/minimax/minimax-host.ts';
import type { OrderKind } from '../../activities/providers/model-host.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import { readContract, type Contract } from '../contracts/contract.ts';
import { createContractChecker, type ContractChecker } from '../contracts/contract-checker.ts';
import { withStandIn } from '../stand-in/stand-in-harness.ts';
import { minimaxOrders } from './support/minimax-orders.ts';
import { withBody, withHeader } from './support/change-request.ts';
import { json, startRawHost, type RawHost, type RawRequest } from './support/start-raw-host.ts';

const token = 'sk-right';
const fine = { base_resp: { status_code: 0, status_msg: 'success' } };

let contract: Contract;
let checker: ContractChecker;
let raw: RawHost;
let host: OpenHost;

beforeAll(async () => {
  contract = await readContract('minimax');
  checker = createContractChecker(contract, '');
  raw = await startRawHost();
  host = createMiniMaxHost({ baseUrl: raw.origin, token });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
});

test('orders of footage, pictures and music, and looks at them, keep to the contract', async () => {
  raw.answer(answerAnything);

  for (const order of Object.values(minimaxOrders)) await host.createPrediction(order);
  await host.getPrediction('12');
  await host.checkKey();

  expect(raw.requests.map((request) => checker.checkRequest(request))).toEqual(raw.requests.map(() => []));
  expect([...checker.seen].sort()).toEqual(
    contract.calls.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

test('an order of every model of the catalogue keeps to the contract, however long its prompt', async () => {
  const { entries } = await loadCatalogue(join(packageRoot(), 'models.yaml'));
  const own = entries.filter((entry) => entry.host === 'minimax');
  raw.answer(answerAnything);
  const frame = { key: 'a.png', sizeBytes: 9, sha256: 'ab'.repeat(32), contentType: 'image/png' };
  const more = { aspectRatio: '9:16', firstFrame: frame, clipSeconds: 6, seconds: 12 };

  for (const entry of own) {
    const request = { kind: entry.kind, prompt: 'lamp '.repeat(1000), seed: 7, ...more } as never;
    const { input } = await buildInput(entry, request, () => Promise.resolve('data:image/png;base64,AA=='));
    const { kind, model } = entry;
    await host.createPrediction({ kind, model, input, cancelAfterSeconds: 1800 });
  }

  expect(own.map(({ name }) => name)).toEqual([
    'minimax-hailuo-02',
    'minimax-hailuo-2.3',
    'minimax-image-01',
    'minimax-music-2.6',
  ]);
  expect(raw.requests.map((request) => checker.checkRequest(request))).toEqual(own.map(() => []));
});

interface Mutation {
  readonly mutate: (request: RawRequest) => RawRequest;
  readonly problem: string;
}

test.each<[string, OrderKind, Mutation]>([
  ['without a key', 'clip', { mutate: withHeader('authorization', undefined), problem: 'authorization' }],
  ['as text', 'clip', { mutate: withHeader('content-type', 'text/plain'), problem: 'content-type' }],
  [
    'to another address',
    'clip',
    { mutate: (request) => ({ ...request, path: '/v2/video_generation' }), problem: 'no call' },
  ],
  [
    'with a query',
    'clip',
    { mutate: (request) => ({ ...request, path: `${request.path}?GroupId=1` }), problem: 'query' },
  ],
  ['of another model', 'clip', { mutate: withBody({ model: 'MiniMax-H3' }), problem: 'model' }],
  [
    'without a first frame',
    'clip',
    { mutate: withBody({ first_frame_image: undefined }), problem: 'first_frame_image' },
  ],
  [
    'with a path for a first frame',
    'clip',
    { mutate: withBody({ first_frame_image: '/a.png' }), problem: 'first_frame_image' },
  ],
  ['with a length as text', 'clip', { mutate: withBody({ duration: '6' }), problem: 'duration' }],
  [
    'with a resolution of Replicate',
    'clip',
    { mutate: withBody({ resolution: '768p' }), problem: 'resolution' },
  ],
  ['with a seed', 'clip', { mutate: withBody({ seed: 7 }), problem: 'additional properties' }],
  [
    'with a callback',
    'clip',
    { mutate: withBody({ callback_url: 'https://a.example' }), problem: 'additional properties' },
  ],
  ['with too long a prompt', 'clip', { mutate: withBody({ prompt: 'x'.repeat(2001) }), problem: 'prompt' }],
  ['of two pictures', 'still', { mutate: withBody({ n: 2 }), problem: '/n' }],
  [
    'of pictures in base64',
    'still',
    { mutate: withBody({ response_format: 'base64' }), problem: 'response_format' },
  ],
  ['of music in hex', 'score', { mutate: withBody({ output_format: 'hex' }), problem: 'output_format' }],
  ['of music as a stream', 'score', { mutate: withBody({ stream: true }), problem: 'stream' }],
  ['of a song', 'score', { mutate: withBody({ is_instrumental: false }), problem: 'is_instrumental' }],
])('an order %s breaks the contract', async (_what, kind, { mutate, problem }) => {
  raw.answer(answerAnything);
  await host.createPrediction(minimaxOrders[kind]);

  expect(checker.checkRequest(mutate(raw.requests[0]!)).join('\n')).toContain(problem);
});

test("the stand-in's answers keep to the contract, refusals too", async () => {
  await withStandIn({ token }, async (api) => {
    const headers = { authorization: `Bearer ${token}` };
    const send = async (method: string, path: string, more: { body?: unknown; headers?: object } = {}) => {
      const { status, json: answer } = await api.send(method, path, {
        ...more,
        headers: { ...headers, ...more.headers },
      });
      expect([path, checker.checkAnswer({ method, path }, status, answer)]).toEqual([path, []]);
      return answer as unknown as Record<string, string>;
    };
    const { clip, still, score } = minimaxOrders;
    const video = '/v1/video_generation';
    const task = await send('POST', video, { body: { model: clip.model, ...clip.input } });
    await send('GET', `/v1/query/video_generation?task_id=${task['task_id']}`);
    await send('GET', '/v1/query/video_generation?task_id=1');
    await send('GET', '/v1/files/retrieve?file_id=1');
    await send('POST', video, { body: { model: clip.model, ...clip.input, resolution: '4K' } });
    await send('POST', video, { body: {}, headers: { authorization: 'Bearer sk-wrong' } });
    await send('POST', '/v1/image_generation', { body: { model: still.model, ...still.input } });
    const music = { model: score.model, ...score.input, output_format: 'url' };
    await send('POST', '/v1/music_generation', { body: music });
  });
});

/** An answer that fits every call. */
const answerAnything = json(200, {
  ...fine,
  task_id: '12',
  status: 'Success',
  file_id: 13,
  file: { download_url: 'https://files.example/13' },
  data: { image_urls: ['https://files.example/1'], audio: 'https://files.example/2' },
});
