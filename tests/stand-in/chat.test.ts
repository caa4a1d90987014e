import { planShape } from '../../activities/planning/language/plan-shape.ts';
import type { Api } from './stand-in-harness.ts';
import { withStandIn } from './stand-in-harness.ts';

const brief = { prompt: 'A brass lamp, by a window', durationSeconds: 20 };
const schemaFormat = {
  type: 'json_schema',
  json_schema: { name: 'storyboard', strict: true, schema: planShape.schema },
};

test('a question for JSON is answered with a storyboard that fills the video, always the same', async () => {
  await withStandIn({}, async (api, { control }) => {
    const first = await ask(api, { response_format: schemaFormat });
    const again = await ask(api, { response_format: schemaFormat });
    const shorter = await ask(
      api,
      { response_format: { type: 'json_object' } },
      { ...brief, durationSeconds: 7 },
    );

    expect(storyboardOf(first).beats.map(({ durationSeconds }) => durationSeconds)).toEqual([5, 5, 5, 5]);
    expect(storyboardOf(first).beats[0]?.still).toContain('A brass lamp');
    expect(new Set(storyboardOf(first).beats.map(({ still }) => still)).size).toBe(4);
    expect(storyboardOf(again)).toEqual(storyboardOf(first));
    expect(storyboardOf(shorter).beats).toHaveLength(2);
    expect(control.counters().chats.map(({ format, status }) => [format, status])).toEqual([
      ['json_schema', 'answered'],
      ['json_schema', 'answered'],
      ['json_object', 'answered'],
    ]);
  });
});

test('without a format the storyboard comes in prose', async () => {
  await withStandIn({}, async (api) => {
    const { content } = messageOf(await ask(api, {}));

    expect(() => JSON.parse(content ?? '') as unknown).toThrow();
    expect(content).toContain('```json');
  });
});

test.each<[string, object]>([
  ['leaves out a required field', { ...planShape.schema, required: ['beats'] }],
  ['allows more', { ...planShape.schema, additionalProperties: true }],
  [
    'has a range',
    {
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: { a: { type: 'string', minLength: 1 } },
    },
  ],
])('a strict schema that %s is refused, as at the host', async (_what, schema) => {
  await withStandIn({}, async (api) => {
    const format = { type: 'json_schema', json_schema: { name: 'storyboard', strict: true, schema } };
    const { status, json } = await ask(api, { response_format: format });

    expect(status).toBe(400);
    expect(JSON.stringify(json)).toMatch(/Invalid schema/);
  });
});

test('a JSON object is given only to who says JSON, and a server without schemas refuses them', async () => {
  await withStandIn({}, async (api, { control }) => {
    const content = 'Plan a video of 10 seconds.';
    const body = {
      model: 'm',
      messages: [{ role: 'user', content }],
      response_format: { type: 'json_object' },
    };
    expect((await api.send('POST', '/v1/chat/completions', { body })).status).toBe(400);

    control.setFaults([{ times: 'always', fault: { type: 'refuseFormat', status: 422 } }]);
    expect((await ask(api, { response_format: schemaFormat })).status).toBe(422);
    expect((await ask(api, { response_format: { type: 'json_object' } })).status).toBe(200);
  });
});

test.each<[string, (answer: ChatAnswer) => unknown, unknown]>([
  ['proseAround', (answer) => messageOf(answer).content?.startsWith('Here is'), true],
  ['manyBeats', (answer) => storyboardOf(answer).beats.length, 30],
  ['fewBeats', (answer) => storyboardOf(answer).beats.length, 1],
  ['oddLengths', (answer) => storyboardOf(answer).beats[1]?.durationSeconds, '12.5 s'],
  ['emptyPrompts', (answer) => storyboardOf(answer).beats[0]?.still.trim(), ''],
  ['refusal', (answer) => messageOf(answer).content, null],
  ['filterAnswer', (answer) => endingOf(answer), 'content_filter'],
  ['cutAnswer', (answer) => endingOf(answer), 'length'],
  ['brokenJson', (answer) => messageOf(answer).content?.endsWith('and so on'), true],
  ['noUsage', (answer) => 'usage' in answer.json, false],
])('it can be told to answer with %s, once', async (type, look, seen) => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ fault: { type } as never }]);

    expect(look(await ask(api, { response_format: schemaFormat }))).toEqual(seen);

    expect(storyboardOf(await ask(api, { response_format: schemaFormat })).beats).toHaveLength(4);
  });
});

test('it can be told to answer differently every time', async () => {
  await withStandIn({}, async (api, { control }) => {
    control.setFaults([{ times: 'always', fault: { type: 'differentAnswer' } }]);
    const first = storyboardOf(await ask(api, { response_format: schemaFormat }));
    const second = storyboardOf(await ask(api, { response_format: schemaFormat }));

    expect(second).not.toEqual(first);
    expect(second.beats).toHaveLength(4);
  });
});

test('faults of requests strike questions by their operation, in the words of this API', async () => {
  await withStandIn({}, async (api, { control }) => {
    const match = { operation: 'chat' } as const;
    control.setFaults([
      { match, fault: { type: 'throttle', retryAfterSeconds: 7 } },
      { match: { ...match, nth: 2 }, fault: { type: 'serverError', status: 503 } },
    ]);

    const throttled = await ask(api, {});
    const failed = await ask(api, {});

    expect([throttled.status, throttled.headers['retry-after']]).toEqual([429, '7']);
    expect(throttled.json).toMatchObject({ error: { code: 'rate_limit_exceeded' } });
    expect(failed.status).toBe(503);
    expect((await ask(api, {})).status).toBe(200);
    expect(control.counters().chats.map(({ status }) => status)).toEqual(['asked', 'asked', 'answered']);
  });
});

test('its models are listed, and a reset forgets the questions', async () => {
  await withStandIn({}, async (api, { control }) => {
    await ask(api, {});
    expect((await api.send('GET', '/v1/models')).json).toMatchObject({ data: [{ id: 'gpt-5-mini' }, {}] });

    await control.reset();

    expect(control.counters().chats).toEqual([]);
  });
});

interface Choice {
  readonly message: { readonly content: string | null };
  readonly finish_reason: string;
}

type ChatAnswer = Awaited<ReturnType<Api['send']>>;

interface Plan {
  readonly beats: readonly { readonly still: string; readonly durationSeconds: unknown }[];
}

function ask(api: Api, more: object, wanted: object = brief): Promise<ChatAnswer> {
  const messages = [
    { role: 'system', content: 'Answer in JSON.' },
    { role: 'user', content: JSON.stringify(wanted) },
  ];
  return api.send('POST', '/v1/chat/completions', { body: { model: 'gpt-5-mini', messages, ...more } });
}

function choiceOf({ json }: ChatAnswer): Choice {
  return (json as unknown as { readonly choices: readonly Choice[] }).choices[0]!;
}

function messageOf(answer: ChatAnswer): Choice['message'] {
  return choiceOf(answer).message;
}

function endingOf(answer: ChatAnswer): string {
  return choiceOf(answer).finish_reason;
}

/** Reads the storyboard of an answer, in prose from its fenced block. */
function storyboardOf(answer: ChatAnswer): Plan {
  const content = messageOf(answer).content ?? '';
  return JSON.parse(/```json\n([^]*?)\n```/.exec(content)?.[1] ?? content) as Plan;
}
