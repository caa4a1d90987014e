import { createChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import type { OpenHost } from '../../activities/providers/host-registration.ts';
import { createMiniMaxHost } from '../../activities/providers/minimax/minimax-host.ts';
import { minimaxOrders } from './support/minimax-orders.ts';
import { questionOf } from './support/questions.ts';
import type { RawHost } from './support/start-raw-host.ts';
import { json, startRawHost } from './support/start-raw-host.ts';

let raw: RawHost;
let host: OpenHost;

beforeAll(async () => {
  raw = await startRawHost();
  host = createMiniMaxHost({ baseUrl: raw.origin, token: undefined });
});
afterAll(async () => {
  await host.close();
  await raw.stop();
});

test.each([
  { base_resp: { status_code: '0', status_msg: 7 } },
  { base_resp: { status_code: 0 }, id: {}, metadata: 'none' },
  { base_resp: null, id: null, metadata: { failed_count: null } },
  { metadata: { success_count: 'one', failed_count: '0' } },
])('a picture counts also with %j', async (odd) => {
  raw.answer(json(200, { ...odd, data: { image_urls: ['https://a.example/1'] } }));

  expect(await host.createPrediction(minimaxOrders.still)).toMatchObject({
    ended: { state: 'succeeded', outputUrls: ['https://a.example/1'] },
  });
});

test.each(['', ' ', null, undefined])('footage whose status is %j is looked at again', async (status) => {
  raw.answer(json(200, { base_resp: { status_code: 0 }, status }));

  await expect(host.getPrediction('12')).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: 'Looking at task 12: the answer has no status.',
  });
});

test.each([
  { usage: { prompt_tokens: '7', completion_tokens: '3' }, counted: { inputTokens: 7, outputTokens: 3 } },
  { usage: { prompt_tokens: -7, completion_tokens: 3 } },
  { usage: { prompt_tokens: 'many' } },
  { usage: [] },
  { usage: 'free' },
  { usage: null },
])('a plan counts also with the usage $usage', async ({ usage, counted }) => {
  const model = createChatCompletionsModel({ baseUrl: raw.origin, apiKey: undefined });
  const message = { content: '{}', refusal: false };
  raw.answer(json(200, { choices: [{ message, finish_reason: 0 }], usage }));

  const answer = await model.ask(questionOf(), new AbortController().signal);

  expect(answer).toEqual({ text: '{}', isCut: false, ...(counted ? { usage: counted } : {}) });
  await model.close();
});

test.each([
  [{ error: { code: 429, message: 'Slow down, retry in 2s' } }, 'ProviderBusy'],
  [{ error: { code: 402, message: 'No credits' } }, 'BudgetExceeded'],
  [{ error: { code: '400', message: 'No such format' } }, 'FormatRefused'],
  [{ error: { message: 'Upstream is away' } }, 'ProviderUnavailable'],
  [{ error: 'Upstream is away', status: 503 }, 'ProviderUnavailable'],
])('the refusal %j inside an answer of 200 is %s and not billed', async (body, name) => {
  const model = createChatCompletionsModel({ baseUrl: raw.origin, apiKey: undefined });
  raw.answer(json(200, body));

  await expect(model.ask(questionOf(), new AbortController().signal)).rejects.toMatchObject({ name });
  await model.close();
});

test.each([
  [{ status: 'Fail', base_resp: { status_code: 1027, status_msg: 'x' } }, 'ContentRejected'],
  [{ status: 'Fail', base_resp: { status_code: 1024, status_msg: 'x' } }, 'PredictionInterrupted'],
  [{ status: 'Fail', base_resp: { status_code: 2013, status_msg: 'x' } }, 'InvalidRequest'],
  [{ status: 'Fail', base_resp: { status_code: 7, status_msg: 'queue is full' } }, 'PredictionInterrupted'],
  [{ status: 'Fail', base_resp: { status_code: 7, status_msg: 'x' } }, 'PredictionFailed'],
])('a task that says %j is %s and free', async (body, type) => {
  raw.answer(json(200, body));

  expect(await host.getPrediction('12')).toMatchObject({ state: 'failed', type, charged: false });
});
