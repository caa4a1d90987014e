import { join } from 'node:path';

import { writeQuestion, writeRepair } from '../../activities/planning/language/write-question.ts';
import { loadCatalogue } from '../../activities/providers/catalogue.ts';
import type { ChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import { createChatCompletionsModel } from '../../activities/providers/chat-completions/chat-completions-model.ts';
import { answerFormats } from '../../activities/providers/language-model.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import { readContract, type Contract } from '../contracts/contract.ts';
import { createContractChecker, type ContractChecker } from '../contracts/contract-checker.ts';
import { createBrief } from '../planning/support/create-brief.ts';
import { withStandIn } from '../stand-in/stand-in-harness.ts';
import { plannerOf, questionOf } from './support/questions.ts';
import { withBody, withHeader } from './support/change-request.ts';
import { json, startRawHost, type RawHost, type RawRequest } from './support/start-raw-host.ts';

const apiKey = 'sk-right';
const signal = new AbortController().signal;
const completed = json(200, { choices: [{ message: { content: '{}' }, finish_reason: 'stop' }] });

let contract: Contract;
let checker: ContractChecker;
let raw: RawHost;
let model: ChatCompletionsModel;

beforeAll(async () => {
  contract = await readContract('chat-completions');
  checker = createContractChecker(contract, '/v1');
  raw = await startRawHost();
  model = createChatCompletionsModel({ baseUrl: `${raw.origin}/v1`, apiKey });
});
afterAll(async () => {
  await model.close();
  await raw.stop();
});

test.each(answerFormats)(
  'a question in the format %s keeps to the contract, and so does its repair',
  async (format) => {
    const messages = writeQuestion(createBrief(), { nativeAudio: true });
    raw.answer(completed);

    await model.ask(questionOf({ format, messages }), signal);
    await model.ask(questionOf({ format, messages: writeRepair(messages, '', ['beats: too few']) }), signal);

    expect(raw.requests.map((request) => checker.checkRequest(request))).toEqual([[], []]);
  },
);

test('a question to every planner of the catalogue keeps to the contract', async () => {
  const { planners } = await loadCatalogue(join(packageRoot(), 'models.yaml'));
  raw.answer(completed);

  for (const planner of planners) await model.ask(questionOf({ model: planner }), signal);
  await model.ask(questionOf({ model: plannerOf({ answerTokensField: 'max_tokens' }) }), signal);

  expect(raw.requests.map((request) => checker.checkRequest(request))).toEqual(
    [...planners, 0].map(() => []),
  );
});

test('the list of models keeps to the contract, and no call of it is without a request in this file', async () => {
  raw.answer(json(200, { object: 'list', data: [{ id: 'thinker-1' }] }));

  expect(await model.listModels()).toEqual(['thinker-1']);

  expect(raw.requests.map((request) => checker.checkRequest(request))).toEqual([[]]);
  expect([...checker.seen].sort()).toEqual(
    contract.calls.map(({ method, path }) => `${method} ${path}`).sort(),
  );
});

test.each<[string, (request: RawRequest) => RawRequest, string]>([
  ['without a key', withHeader('authorization', undefined), 'authorization'],
  ['as text', withHeader('content-type', 'text/plain'), 'content-type'],
  ['to another address', (request) => ({ ...request, path: '/v1/completions' }), 'no call'],
  ['with a query', (request) => ({ ...request, path: `${request.path}?stream=1` }), 'query'],
  ['without a model', withBody({ model: undefined }), 'model'],
  ['without messages', withBody({ messages: [] }), 'messages'],
  ['with a message of nothing', withBody({ messages: [{ role: 'user', content: '' }] }), 'content'],
  ['with a message by nobody', withBody({ messages: [{ role: 'nobody', content: 'A' }] }), 'role'],
  ['that has no end', withBody({ max_completion_tokens: undefined }), 'max_completion_tokens'],
  ['that wants several answers', withBody({ n: 2 }), 'additional properties'],
  ['with a temperature, which some models refuse', withBody({ temperature: 0 }), 'additional properties'],
  ['in a format of our own', withBody({ response_format: { type: 'xml' } }), 'response_format'],
  ['with a schema that is not strict', withSchema({ strict: false }), 'strict'],
  ['with a schema without a name', withSchema({ name: '' }), 'name'],
  [
    'with a schema of ranges',
    withSchema({ schema: { type: 'string', minLength: 1 } }),
    'additional properties',
  ],
  [
    'with a schema that allows more',
    withSchema({ schema: { type: 'object', properties: {} } }),
    'additionalProperties',
  ],
])('a question %s breaks the contract', async (_what, mutate, problem) => {
  raw.answer(completed);
  await model.ask(questionOf(), signal);

  const problems = checker.checkRequest(mutate(raw.requests[0]!));

  expect(problems.join('\n')).toContain(problem);
});

test("the stand-in's answers keep to the contract", async () => {
  await withStandIn({ token: apiKey }, async (api, { control }) => {
    const headers = { authorization: `Bearer ${apiKey}` };
    const path = '/v1/chat/completions';
    const body = { model: 'thinker-1', messages: questionOf().messages };
    const answered = await api.send('POST', path, { body, headers });
    control.setFaults([{ fault: { type: 'refusal' } }]);
    const refused = await api.send('POST', path, { body, headers });
    const misunderstood = await api.send('POST', path, { body: { model: 'thinker-1' }, headers });
    const models = await api.send('GET', '/v1/models', { headers });

    const ask = { method: 'POST', path };
    expect(checker.checkAnswer(ask, answered.status, answered.json)).toEqual([]);
    expect(checker.checkAnswer(ask, refused.status, refused.json)).toEqual([]);
    expect([misunderstood.status, checker.checkAnswer(ask, 400, misunderstood.json)]).toEqual([400, []]);
    expect(checker.checkAnswer({ method: 'GET', path: '/v1/models' }, models.status, models.json)).toEqual(
      [],
    );
  });
});

test('an answer without what we read breaks the contract', () => {
  const ask = { method: 'POST', path: '/v1/chat/completions' };

  expect(checker.checkAnswer(ask, 200, { choices: [] }).join()).toContain('/choices');
  expect(checker.checkAnswer(ask, 200, {}).join()).toContain("'choices'");
  expect(checker.checkAnswer(ask, 204, {}).join()).toContain('204 is none of the contract');
});

function withSchema(changes: object) {
  const { name, schema } = questionOf().shape;
  const changed = { name, strict: true, schema, ...changes };
  return withBody({ response_format: { type: 'json_schema', json_schema: changed } });
}
