import { FormatRefused } from '../../activities/providers/language-model.ts';
import { LostAnswer } from '../../activities/providers/lost-answer.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { plannerOf } from '../providers/support/questions.ts';
import { createBrief } from './support/create-brief.ts';
import { interview, planOf } from './support/interview.ts';

const minuteMs = 60_000;

test("a model's plan becomes the draft, under its name, with its cost", async () => {
  const { draft, questions } = interview([planOf(3)]);

  expect(await draft).toMatchObject({
    plannedBy: 'thinker',
    musicPrompt: 'Piano',
    beats: [0, 1, 2].map((at) => ({
      title: `Title ${at}`,
      stillPrompt: `Picture ${at} of the mug in Kyoto`,
      motionPrompt: `Movement ${at}`,
      durationSeconds: 5,
    })),
    // 1,000 tokens at $1 a million and 100 at $10.
    planning: { model: 'thinker', calls: 1, inputTokens: 1000, outputTokens: 100, costUsd: 0.002 },
  });
  expect(questions.map(({ format }) => format)).toEqual(['json_schema']);
});

test('the model is told what the brief says, how many beats fit, and what the clip model can do', async () => {
  const productImage = { key: 'mug.png', sizeBytes: 1, sha256: 'ab', contentType: 'image/png' };
  const brief = { durationSeconds: 32, productImage, music: { enabled: true, style: 'harp' } };
  const { draft, questions } = interview([planOf(7)], { brief });
  await draft;

  const [system, user] = questions[0]?.messages ?? [];
  expect(JSON.parse(user?.content ?? '')).toMatchObject({
    durationSeconds: 32,
    aspectRatio: '16:9',
    productPicture: true,
    musicStyle: 'harp',
    beats: { allowedLengthsSeconds: [5, 10, 15], atLeast: 3, atMost: 7 },
    clips: { secondsInOnePiece: 6, withSound: false },
  });
  expect(system?.content).toContain('picture of the product');
  // A brief's words are content and must not reach the system message.
  expect(system?.content).not.toContain('Kyoto');
});

test('the model hears of a template only where a person chose one', async () => {
  const chosen = interview([planOf(3)], { brief: { template: 'story' } });
  const free = interview([planOf(3)], { whole: { ...createBrief(), template: undefined } });

  expect((await chosen.draft).template).toEqual({ name: 'story', reason: 'The brief asks for it.' });
  expect((await free.draft).template).toMatchObject({ name: 'plain' });
  const systems = [chosen, free].map(({ questions }) => questions[0]?.messages[0]?.content ?? '');
  expect(systems.map((words) => words.includes('a beginning, a turn and an end'))).toEqual([true, false]);
  expect(free.questions[0]?.messages[1]?.content).not.toContain('template');
});

test('a worker that knows of no language model leaves the plan to another attempt', async () => {
  const { draft, questions } = interview([planOf(3)], { unready: 'OPENAI_API_KEY is not set' });

  await expect(draft).rejects.toMatchObject({ type: 'ProviderUnavailable', message: /OPENAI_API_KEY/ });
  expect(questions).toEqual([]);
});

const wanting = planOf(3).replaceAll(' in Kyoto', '');

test('a plan that can be used and could be better is sent back once, and the better one counts', async () => {
  const better = interview([wanting, planOf(3)]);
  const worse = interview([wanting, 'Sorry?']);
  const lost = interview([wanting, new BeatreelFailure('ProviderBusy', 'Later.')]);

  expect((await better.draft).beats[0]?.stillPrompt).toContain('Kyoto');
  expect(better.questions[1]?.messages.at(-1)?.content).toContain('“Kyoto”');
  for (const { draft } of [worse, lost]) {
    expect(await draft).toMatchObject({
      plannedBy: 'thinker',
      warnings: ['In no beat of the plan: “Kyoto”.'],
    });
  }
});

test('a server that refuses a format is asked in the next one, and its repair in that', async () => {
  const { draft, questions } = interview([
    new FormatRefused('no schema'),
    new FormatRefused('no object'),
    'I would rather not.',
    `Here it is:\n\`\`\`json\n${planOf(3)}\n\`\`\``,
  ]);

  expect(await draft).toMatchObject({ plannedBy: 'thinker', planning: { calls: 2 } });
  expect(questions.map(({ format }) => format)).toEqual(['json_schema', 'json_object', 'text', 'text']);
});

test('an answer that cannot be used is sent back once, with what was wrong', async () => {
  const { draft, questions } = interview(['{"beats":[{"title":"A"}]}', planOf(3)]);

  expect(await draft).toMatchObject({ plannedBy: 'thinker', planning: { calls: 2, costUsd: 0.004 } });
  const [, , said, asked] = questions[1]?.messages ?? [];
  expect(said).toEqual({ role: 'assistant', content: '{"beats":[{"title":"A"}]}' });
  expect(asked).toMatchObject({
    role: 'user',
    content: expect.stringMatching(/beats\[0\]\.still[^]*beats\[0\]\.motion/) as string,
  });
});

test('after two answers that cannot be used the built-in planner plans, and says why', async () => {
  const { draft, brief, questions, warnings } = interview(['Sorry?', '{"beats":[]}']);

  const { plannedBy, planning, beats } = await draft;
  expect(plannedBy).toBe('built-in');
  expect(beats.reduce((sum, beat) => sum + beat.durationSeconds, 0)).toBe(brief.durationSeconds);
  expect(planning?.fallback).toMatch(/thinker-1 was asked twice.*at least one beat.*built-in planner/);
  expect(planning).toMatchObject({ calls: 2, costUsd: 0.004 });
  expect(questions).toHaveLength(2);
  expect(warnings).toHaveLength(1);
});

test('a brief that wants to hear of failures gets one instead', async () => {
  const { draft } = interview(['Sorry?'], { brief: { onFailure: 'fail' } });

  await expect(draft).rejects.toMatchObject({ type: 'PlanFailed' });
});

test('a model that is not there, or only streams, is replaced by the built-in planner in the words of its server', async () => {
  const refused = 'the server answered 404, "The model does not exist".';
  const { draft } = interview([new BeatreelFailure('InvalidRequest', refused)]);

  expect(await draft).toMatchObject({
    plannedBy: 'built-in',
    planning: {
      costUsd: 0,
      fallback: `thinker could not be asked: ${refused} The built-in planner planned instead.`,
    },
  });
});

test.each(['', ' \n', '<think>Let me see'])(
  'an answer that thinking ate, %j, is not asked for again',
  async (text) => {
    const { draft, questions } = interview([{ text, isCut: true }, planOf(3)]);

    expect((await draft).planning?.fallback).toContain('spent all 10000 tokens of its answer on thinking');
    expect(questions).toHaveLength(1);
  },
);

test.each<FailureType>(['ContentRejected', 'CredentialsRejected', 'BudgetExceeded'])(
  'no other planner takes over after %s',
  async (type) => {
    const { draft, heartbeats } = interview([new BeatreelFailure(type, 'No.')]);

    await expect(draft).rejects.toMatchObject({ type });
    expect(heartbeats.at(-1)).toMatchObject({ calls: 0, costUsd: 0 });
  },
);

test.each<[FailureType, number, number, boolean]>([
  ['ProviderUnavailable', 1, 0, false],
  ['ProviderUnavailable', 9, 5 * minuteMs, false],
  ['ProviderUnavailable', 2, 60 * minuteMs, false],
  ['ProviderUnavailable', 5, 10 * minuteMs, true],
  ['ProviderBusy', 5, 11 * minuteMs, true],
])('after %s in attempt %d, %d ms after the first, the built-in planner takes over: %s', async (...row) => {
  const [type, attempt, sinceScheduledMs, isOver] = row;
  const away = new BeatreelFailure(type, 'Away.', { retryAfterMs: 7 });
  const { draft } = interview([away], { run: { attempt, sinceScheduledMs } });

  if (isOver) expect(await draft).toMatchObject({ plannedBy: 'built-in' });
  else await expect(draft).rejects.toMatchObject({ type, retryAfterMs: 7 });
});

test('a question is counted before it goes out, and stays counted when its answer is lost', async () => {
  const { draft, heartbeats } = interview([new LostAnswer('gone', undefined)]);

  await expect(draft).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  const { costUsd } = heartbeats.at(-1) as { costUsd: number };
  // 10,000 tokens of an answer cost $0.10, and each byte of the question at most a millionth.
  expect(costUsd).toBeGreaterThan(0.1);
  expect(costUsd).toBeLessThan(0.13);
  expect(heartbeats.at(-1)).toMatchObject({ calls: 1 });
});

test('an answer without a bill costs the most it could', async () => {
  const { draft } = interview([{ text: planOf(3), usage: undefined }]);

  expect((await draft).planning?.costUsd).toBeGreaterThan(0.1);
});

test("earlier attempts' cost counts, and a question that could exceed the price of a plan is not asked", async () => {
  const lastHeartbeat = { calls: 8, inputTokens: 10, outputTokens: 20, costUsd: 0.95 };
  const { draft, questions } = interview([planOf(3)], { run: { attempt: 9, lastHeartbeat } });

  expect(await draft).toMatchObject({
    plannedBy: 'built-in',
    planning: {
      calls: 8,
      costUsd: 0.95,
      fallback: expect.stringContaining('$1.00 that a plan may') as string,
    },
  });
  expect(questions).toEqual([]);
});

test('a cheap plan goes on from what earlier attempts cost', async () => {
  const lastHeartbeat = { calls: 2, inputTokens: 10, outputTokens: 20, costUsd: 0.2 };
  const { draft } = interview([planOf(3)], { model: plannerOf(), run: { attempt: 3, lastHeartbeat } });

  expect((await draft).planning).toEqual({
    model: 'thinker',
    calls: 3,
    inputTokens: 1010,
    outputTokens: 120,
    costUsd: 0.202,
  });
});
