import type { HostAddress } from '../../../activities/providers/host-http.ts';
import type { OpenHost } from '../../../activities/providers/host-registration.ts';
import { createMiniMaxHost } from '../../../activities/providers/minimax/minimax-host.ts';
import type { CreateRequest, OrderKind } from '../../../activities/providers/model-host.ts';
import { createReplicateHost } from '../../../activities/providers/replicate/replicate-host.ts';
import type { StandIn } from '../../../workers/dev/stand-in/start-stand-in.ts';
import { minimaxOrders } from './minimax-orders.ts';
import type { RawAnswer } from './start-raw-host.ts';
import { json, text } from './start-raw-host.ts';

/** A host's possible answers to a look at a prediction. */
export type LookSituation =
  | 'it runs'
  | 'it has a status nobody knows'
  | 'it succeeded with one address'
  | 'it succeeded with a list of one'
  | 'it succeeded with the file itself as a data address'
  | 'it succeeded without an output'
  | 'it succeeded and its data was removed'
  | 'it failed'
  | 'its content was refused'
  | 'it was canceled'
  | 'it was aborted'
  | 'nobody knows it'
  | 'the account is throttled'
  | 'the key is wrong'
  | 'the host is in trouble'
  | 'the host redirects'
  | 'half a JSON'
  | 'a page of HTML';

/** A host's possible answers to an order of footage. */
export type OrderSituation =
  | 'it is taken'
  | 'the account is throttled and a delay is named'
  | 'there is no money'
  | 'the key is wrong'
  | 'the input is wrong'
  | 'the content is refused at once'
  | 'the host is in trouble'
  | 'the host redirects'
  | 'half a JSON'
  | 'a page of HTML'
  | 'an answer without an id';

interface Case {
  readonly answer: RawAnswer;
  /** Expected fields of the result or the error. */
  readonly expected: object | undefined;
}

/** One adapter, and its expected results for all answers of its host. */
export interface HostFace {
  readonly name: string;
  open(address: HostAddress): OpenHost;
  /** The stand-in's address for this adapter. */
  addressOf(standIn: StandIn): string;
  readonly orders: Readonly<Record<OrderKind, CreateRequest>>;
  readonly looks: Readonly<Record<LookSituation, Case>>;
  readonly answers: Readonly<Record<OrderSituation, Case>>;
}

const address = 'https://files.example/1.mp4';
const data = 'data:video/mp4;base64,AAAA';
const succeeded = { state: 'succeeded', outputUrls: [address], dataRemoved: false };
const redirect: RawAnswer = (_request, response) => {
  response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
};
const half = text(200, '{"id": "abc", "sta', 'application/json');
const html = text(200, '<html><body>Welcome</body></html>');
const unavailable = { type: 'ProviderUnavailable' };
const invalid = { type: 'InvalidRequest' };
const lost = { name: 'LostAnswer' };

const look = (body: object): RawAnswer => json(200, { id: '12', ...body });
const detail = (status: number, words = 'no'): RawAnswer => json(status, { detail: words });

const replicate: HostFace = {
  name: 'replicate',
  open: ({ baseUrl, ...more }) => createReplicateHost({ baseUrl: `${baseUrl}/v1`, ...more }),
  addressOf: ({ origin }) => origin,
  orders: {
    clip: order('clip', 'minimax/hailuo-02', { prompt: 'A lamp turns on' }),
    still: order('still', 'black-forest-labs/flux-schnell', { prompt: 'A lamp', seed: 7 }),
    score: order('score', 'stability-ai/stable-audio-2.5', { prompt: 'A quiet piano', duration: 5 }),
  },
  looks: {
    'it runs': { answer: look({ status: 'processing' }), expected: { state: 'running' } },
    'it has a status nobody knows': { answer: look({ status: 'paused' }), expected: unavailable },
    'it succeeded with one address': {
      answer: look({ status: 'succeeded', output: address }),
      expected: succeeded,
    },
    'it succeeded with a list of one': {
      answer: look({ status: 'succeeded', output: [address] }),
      expected: succeeded,
    },
    'it succeeded with the file itself as a data address': {
      answer: look({ status: 'succeeded', output: data }),
      expected: { ...succeeded, outputUrls: [data] },
    },
    'it succeeded without an output': {
      answer: look({ status: 'succeeded', output: null }),
      expected: { ...succeeded, outputUrls: [] },
    },
    'it succeeded and its data was removed': {
      answer: look({ status: 'succeeded', output: null, data_removed: true }),
      expected: { state: 'succeeded', outputUrls: [], dataRemoved: true },
    },
    'it failed': {
      answer: look({ status: 'failed', error: 'Out of memory (E1001)' }),
      expected: { state: 'failed', type: 'PredictionFailed', charged: false },
    },
    'its content was refused': {
      answer: look({ status: 'failed', error: 'Flagged as sensitive (E005)' }),
      expected: { state: 'failed', type: 'ContentRejected', charged: false },
    },
    'it was canceled': {
      answer: look({ status: 'canceled' }),
      expected: { state: 'canceled', charged: true },
    },
    'it was aborted': {
      answer: look({ status: 'aborted' }),
      expected: { state: 'canceled', charged: false },
    },
    'nobody knows it': { answer: detail(404), expected: undefined },
    'the account is throttled': { answer: detail(429), expected: { type: 'ProviderBusy' } },
    'the key is wrong': { answer: detail(401), expected: { type: 'CredentialsRejected' } },
    'the host is in trouble': { answer: detail(503), expected: unavailable },
    'the host redirects': { answer: redirect, expected: invalid },
    'half a JSON': { answer: half, expected: unavailable },
    'a page of HTML': { answer: html, expected: unavailable },
  },
  answers: {
    'it is taken': { answer: json(201, { id: '12' }), expected: { host: 'replicate', id: '12' } },
    'the account is throttled and a delay is named': {
      answer: json(429, { detail: 'slow down' }, { 'retry-after': '7' }),
      expected: { type: 'ProviderBusy', retryAfterMs: 7_000 },
    },
    'there is no money': { answer: detail(402), expected: { type: 'BudgetExceeded' } },
    'the key is wrong': { answer: detail(401), expected: { type: 'CredentialsRejected' } },
    'the input is wrong': { answer: detail(422), expected: invalid },
    // The host takes the order, and the prediction fails.
    'the content is refused at once': { answer: detail(400), expected: invalid },
    'the host is in trouble': { answer: detail(500), expected: lost },
    'the host redirects': { answer: redirect, expected: invalid },
    'half a JSON': { answer: half, expected: lost },
    'a page of HTML': { answer: html, expected: lost },
    'an answer without an id': { answer: json(201, { status: 'starting' }), expected: lost },
  },
};

const fine = { base_resp: { status_code: 0, status_msg: 'success' } };
const said = (body: object): RawAnswer => json(200, { ...fine, ...body });
const code = (status: number, more: object = {}): RawAnswer =>
  json(200, { base_resp: { status_code: status, status_msg: 'words' }, ...more });
/** The second call asks for the address of the file. */
const file = (second: RawAnswer): RawAnswer => {
  const first = said({ status: 'Success', file_id: 13 });
  return (request, response) => {
    (request.path.startsWith('/v1/files/') ? second : first)(request, response);
  };
};

const minimax: HostFace = {
  name: 'minimax',
  open: createMiniMaxHost,
  addressOf: ({ origin }) => origin,
  orders: minimaxOrders,
  looks: {
    'it runs': { answer: said({ status: 'Queueing' }), expected: { state: 'running' } },
    // The host may add statuses to the documented ones.
    'it has a status nobody knows': { answer: said({ status: 'Polishing' }), expected: { state: 'running' } },
    'it succeeded with one address': {
      answer: file(said({ file: { download_url: address } })),
      expected: succeeded,
    },
    // A task has one file; pictures, which come in lists, are answered at once.
    'it succeeded with a list of one': {
      answer: file(said({ file: { download_url: [address] } })),
      expected: unavailable,
    },
    'it succeeded with the file itself as a data address': {
      answer: file(said({ file: { download_url: data } })),
      expected: { ...succeeded, outputUrls: [data] },
    },
    'it succeeded without an output': {
      answer: said({ status: 'success', file_id: '' }),
      expected: { ...succeeded, outputUrls: [] },
    },
    'it succeeded and its data was removed': {
      answer: file(code(2013)),
      expected: { state: 'succeeded', outputUrls: [], dataRemoved: true },
    },
    'it failed': {
      answer: said({ status: 'failed' }),
      expected: { state: 'failed', type: 'PredictionFailed', charged: false },
    },
    'its content was refused': {
      answer: code(1027, { status: 'Fail' }),
      expected: { state: 'failed', type: 'ContentRejected', charged: false },
    },
    // The host cannot cancel, so it has no such status.
    'it was canceled': { answer: said({ status: 'Canceled' }), expected: { state: 'running' } },
    'it was aborted': { answer: said({ status: 'Aborted' }), expected: { state: 'running' } },
    'nobody knows it': { answer: code(2013), expected: undefined },
    'the account is throttled': { answer: code(1002), expected: { type: 'ProviderBusy' } },
    'the key is wrong': { answer: code(1004), expected: { type: 'CredentialsRejected' } },
    'the host is in trouble': { answer: code(1024), expected: unavailable },
    'the host redirects': { answer: redirect, expected: invalid },
    'half a JSON': { answer: half, expected: unavailable },
    'a page of HTML': { answer: html, expected: unavailable },
  },
  answers: {
    'it is taken': { answer: said({ task_id: '12' }), expected: { host: 'minimax', id: '12' } },
    'the account is throttled and a delay is named': {
      answer: json(200, { base_resp: { status_code: 1002 } }, { 'retry-after': '7' }),
      expected: { type: 'ProviderBusy', retryAfterMs: 7_000 },
    },
    'there is no money': { answer: code(1008), expected: { type: 'BudgetExceeded' } },
    'the key is wrong': { answer: code(2049), expected: { type: 'CredentialsRejected' } },
    'the input is wrong': { answer: code(2013), expected: invalid },
    'the content is refused at once': { answer: code(1026), expected: { type: 'ContentRejected' } },
    'the host is in trouble': { answer: code(1000), expected: lost },
    'the host redirects': { answer: redirect, expected: invalid },
    'half a JSON': { answer: half, expected: lost },
    'a page of HTML': { answer: html, expected: lost },
    'an answer without an id': { answer: said({ task_id: '' }), expected: lost },
  },
};

/** All adapters. */
export const hostFaces: readonly HostFace[] = [replicate, minimax];

function order(kind: OrderKind, model: string, input: object): CreateRequest {
  return { kind, model, input: { ...input }, cancelAfterSeconds: 60 };
}
