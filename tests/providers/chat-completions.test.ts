import { inspect } from 'node:util';

import type { ChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import { createChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import type { AnswerFormat } from '../../activities/providers/language-model.ts';
import { FormatRefused } from '../../activities/providers/language-model.ts';
import { LostAnswer } from '../../activities/providers/lost-answer.ts';
import { plannerOf, questionOf } from './support/questions.ts';
import type { RawAnswer, RawHost } from './support/start-raw-host.ts';
import { json, startRawHost, text } from './support/start-raw-host.ts';

const apiKey = 'sk-nobody-may-read-this';
const signal = new AbortController().signal;

let raw: RawHost;
let model: ChatCompletionsModel;

beforeAll(async () => {
  raw = await startRawHost();
  model = createChatCompletionsModel({ baseUrl: `${raw.origin}/v1`, apiKey });
});
afterAll(async () => {
  await model.close();
  await raw.stop();
});

test('a question is one POST with the key, the words and the shape of the answer', async () => {
  raw.answer(completed('{"beats":[]}'));
  const question = questionOf({ model: plannerOf({ parameters: { reasoning_effort: 'low' } }) });

  expect(await model.ask(question, signal)).toEqual({
    text: '{"beats":[]}',
    isCut: false,
    usage: { inputTokens: 7, outputTokens: 3 },
  });

  expect(raw.requests).toHaveLength(1);
  expect(raw.requests[0]).toMatchObject({
    method: 'POST',
    path: '/v1/chat/completions',
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
  });
  expect(sent()).toEqual({
    reasoning_effort: 'low',
    model: 'thinker-1',
    messages: question.messages,
    max_completion_tokens: 10_000,
    response_format: {
      type: 'json_schema',
      json_schema: { name: 'storyboard', strict: true, schema: question.shape.schema },
    },
  });
});

test.each<[AnswerFormat, unknown]>([
  ['json_object', { type: 'json_object' }],
  ['text', undefined],
])('in the format %s the words themselves carry the schema', async (format, responseFormat) => {
  raw.answer(completed('{}'));
  const question = questionOf({ format });

  await model.ask(question, signal);

  const { response_format: given, messages } = sent() as {
    response_format: unknown;
    messages: { content: string }[];
  };
  expect(given).toEqual(responseFormat);
  expect(messages[0]?.content).toContain(JSON.stringify(question.shape.schema));
  expect(messages[1]).toEqual(question.messages[1]);
});

test('a server that knows no max_completion_tokens is told by max_tokens, and one without a key by none', async () => {
  raw.answer(completed('{}'));
  const open = createChatCompletionsModel({ baseUrl: `${raw.origin}/v1`, apiKey: undefined });

  await open.ask(questionOf({ model: plannerOf({ answerTokensField: 'max_tokens' }) }), signal);
  await open.close();

  expect(sent()).toMatchObject({ max_tokens: 10_000 });
  expect(sent()).not.toHaveProperty('max_completion_tokens');
  expect(raw.requests[0]?.headers).not.toHaveProperty('authorization');
});

test.each<[string, unknown, object]>([
  [
    'cut off',
    { choices: [{ message: { content: '{"be' }, finish_reason: 'length' }] },
    { text: '{"be', isCut: true },
  ],
  [
    'spent on thinking',
    { choices: [{ message: { content: null }, finish_reason: 'length' }] },
    { text: '', isCut: true },
  ],
  [
    'in parts',
    { choices: [{ message: { content: [{ text: '{"a"' }, { text: ':1}' }] } }] },
    { text: '{"a":1}', isCut: false },
  ],
  [
    'of more than is documented',
    {
      choices: [{ message: { content: '{}', reasoning_content: 'Hm.' }, finish_reason: 'eos' }],
      usage: { total_tokens: 9 },
    },
    { text: '{}', isCut: false },
  ],
])('an answer %s is read as far as it goes', async (_what, body, answer) => {
  raw.answer(json(200, body));

  expect(await model.ask(questionOf(), signal)).toEqual(answer);
});

test.each<[string, unknown]>([
  [
    'refuses',
    { choices: [{ message: { content: null, refusal: 'I cannot help with that.' }, finish_reason: 'stop' }] },
  ],
  ['is filtered', { choices: [{ message: { content: 'Half' }, finish_reason: 'content_filter' }] }],
])('a model that %s has rejected the content', async (_what, body) => {
  raw.answer(json(200, body));

  await expect(model.ask(questionOf(), signal)).rejects.toMatchObject({ type: 'ContentRejected' });
});

test.each<[number, object, string]>([
  [307, {}, 'InvalidRequest'],
  [401, { error: { message: 'Bad key', code: 'invalid_api_key' } }, 'CredentialsRejected'],
  [403, {}, 'CredentialsRejected'],
  [402, {}, 'BudgetExceeded'],
  [404, { error: { message: 'No such model' } }, 'InvalidRequest'],
  [413, {}, 'InvalidRequest'],
  [408, {}, 'ProviderUnavailable'],
  [429, { error: { message: 'Slow down', code: 'rate_limit_exceeded' } }, 'ProviderBusy'],
  [429, { error: { message: 'No money', code: 'insufficient_quota' } }, 'BudgetExceeded'],
  [429, [{ error: { message: 'No money', type: 'insufficient_quota' } }], 'BudgetExceeded'],
  [400, { error: { message: 'No.', code: 'content_filter' } }, 'ContentRejected'],
  [500, {}, 'ProviderUnavailable'],
  [503, {}, 'ProviderUnavailable'],
  [529, { error: 'Overloaded' }, 'ProviderUnavailable'],
])('an answer of %i with %j is %s, and it is asked once', async (status, body, type) => {
  raw.answer(json(status, body, { location: 'http://127.0.0.1:9/elsewhere' }));

  await expect(model.ask(questionOf(), signal)).rejects.toMatchObject({
    type,
    message: expect.stringContaining(
      `Asking thinker-1 for a storyboard: the server answered ${status}`,
    ) as string,
  });
  expect(raw.requests).toHaveLength(1);
});

test('a refused key names the variable, and the key itself is in no failure', async () => {
  raw.answer(
    json(401, { error: { message: `Incorrect API key provided: ${apiKey}.`, code: 'invalid_api_key' } }),
  );

  const failure: unknown = await model.ask(questionOf(), signal).catch((error: unknown) => error);

  expect(String(failure)).toContain('OPENAI_API_KEY');
  expect(inspect(failure, { depth: 10 })).not.toContain('nobody-may-read-this');
});

test.each<[number, AnswerFormat, boolean]>([
  [400, 'json_schema', true],
  [422, 'json_schema', true],
  [400, 'json_object', true],
  [404, 'json_schema', false],
  [400, 'text', false],
])(
  'a %i to a question in the format %s lets the next format be tried: %s',
  async (status, format, isTried) => {
    raw.answer(json(status, { error: { message: 'Whatever it says.' } }));

    const failure: unknown = await model.ask(questionOf({ format }), signal).catch((error: unknown) => error);

    expect(failure instanceof FormatRefused).toBe(isTried);
    if (!isTried) expect(failure).toMatchObject({ type: 'InvalidRequest' });
  },
);

test.each<[Record<string, string>, number]>([
  [{ 'retry-after': '7' }, 7_000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after-ms': '1500', 'retry-after': '7' }, 1_500],
  [{ 'retry-after': new Date(0).toUTCString() }, 5_000],
  [{ 'retry-after': '86400' }, 300_000],
  [{ 'retry-after': 'soon' }, 5_000],
  [{}, 5_000],
])('a server that throttles with %j is left alone for %d ms', async (headers, retryAfterMs) => {
  raw.answer(json(429, {}, headers));

  await expect(model.ask(questionOf(), signal)).rejects.toMatchObject({ type: 'ProviderBusy', retryAfterMs });
});

test.each<[string, RawAnswer]>([
  ['a page of HTML', text(200, '<html>Welcome</html>')],
  ['nothing', text(200, '', 'application/json')],
  ['no choices', json(200, { choices: [] })],
  ['a reset', (_request, response) => void response.socket?.resetAndDestroy()],
  ['an end of the connection', (_request, response) => void response.socket?.destroy()],
  ['a body without end', endlessBody],
])('an answer of %s is lost, and may be billed', async (_what, answer) => {
  raw.answer(answer);

  await expect(model.ask(questionOf(), signal)).rejects.toBeInstanceOf(LostAnswer);
  expect(raw.requests).toHaveLength(1);
});

test('a question that no connection could carry was not asked', async () => {
  const nobody = await startRawHost();
  await nobody.stop();
  const gone = createChatCompletionsModel({ baseUrl: `${nobody.origin}/v1`, apiKey });

  await expect(gone.ask(questionOf(), signal)).rejects.toMatchObject({ type: 'ProviderUnavailable' });

  await gone.close();
});

test('a question ends with the signal that it is given, and with its reason', async () => {
  const abort = new AbortController();
  raw.answer(() => {
    abort.abort(new Error('the video was cancelled'));
  });

  await expect(model.ask(questionOf(), abort.signal)).rejects.toThrow('the video was cancelled');
});

test.each<[string, string | undefined, RegExp | undefined]>([
  ['https://api.openai.com/v1', undefined, /OPENAI_API_KEY is not set.*to have a storyboard written/],
  ['https://api.openai.com/v1', 'sk-1', undefined],
  ['http://127.0.0.1:11434/v1', undefined, undefined],
  ['ftp://somewhere', 'sk-1', /OPENAI_BASE_URL/],
  ['no address', 'sk-1', /OPENAI_BASE_URL/],
])('with the address %s and the key %s the model is unready because of %s', (baseUrl, key, why) => {
  const unready = createChatCompletionsModel({ baseUrl, apiKey: key }).whyUnready();

  if (why) expect(unready).toMatch(why);
  else expect(unready).toBeUndefined();
});

function completed(content: string): RawAnswer {
  return json(200, {
    choices: [{ index: 0, message: { role: 'assistant', content, refusal: null }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
  });
}

function sent(): unknown {
  return JSON.parse(raw.requests[0]!.body.toString());
}

function endlessBody(_request: unknown, response: Parameters<RawAnswer>[1]): void {
  const mebibyte = Buffer.alloc(1024 * 1024, ' ');
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(mebibyte));
  };
  response.on('drain', more);
  more();
}
