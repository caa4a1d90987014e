import type { AcceptRequest } from '../../activities/accept-brief.ts';
import { createActivities } from '../../activities/index.ts';
import { seedFromText } from '../../domain/seed.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

const small = { prompt: 'A lamp', durationSeconds: 15 };

test('a small brief is filled in with every default and stored', async () => {
  const videoId = bench.newVideoId();

  const brief = await accept({ videoId, input: small });

  expect(brief).toEqual({
    videoId,
    title: 'A lamp',
    prompt: 'A lamp',
    durationSeconds: 15,
    aspectRatio: '16:9',
    models: {
      planner: 'built-in',
      still: { name: 'flux-schnell', host: 'replicate', highestPriceUsd: 0.003 },
      clip: { name: 'hailuo-02', host: 'replicate', highestPriceUsd: 0.45, clipSeconds: 6, shortSide: 768 },
      score: { name: 'stable-audio-2.5', host: 'replicate', highestPriceUsd: 0.2 },
    },
    music: { enabled: true },
    limits: { concurrentStills: 5, concurrentChunks: 3 },
    onFailure: 'park',
    onRefusal: 'park',
    tenant: 'default',
    seed: seedFromText(videoId),
  });
  const stored = await bench.worker.store.getJson(`videos/${videoId}/brief.json`);
  expect(stored?.value).toEqual({ layout: 2, input: small, brief });
});

test('a model of a host without a key is refused before anything is kept, with the setting that is missing', async () => {
  const videoId = bench.newVideoId();
  const worker = await bench.addWorker({ MINIMAX_BASE_URL: '', MINIMAX_API_KEY: '' });
  const { acceptBrief } = createActivities(worker);
  const models = { clip: 'minimax-hailuo-02', score: 'minimax-music-2.6' };

  const failure = await failureOf(runActivity(acceptBrief, { videoId, input: { ...small, models } }));

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(failure.message).toMatch(/models\.clip[^]*MINIMAX_API_KEY is not set[^]*models\.score/);
  expect(await worker.store.getJson(`videos/${videoId}/brief.json`)).toBeUndefined();
  // Unwanted music needs no key, and other hosts do not need this host's key.
  const silent = { ...small, models: { score: 'minimax-music-2.6' }, music: { enabled: false } };
  expect(await runActivity(acceptBrief, { videoId, input: silent })).toMatchObject({ videoId });
});

test('the fields of a brief are kept', async () => {
  const input = {
    ...small,
    durationSeconds: 7.3,
    title: 'The lamp',
    template: 'announcement',
    aspectRatio: '9:16',
    models: { clip: 'veo-3.1' },
    music: { enabled: false, style: 'piano' },
    limits: { concurrentStills: 2, concurrentChunks: 1 },
    onFailure: 'fail',
    tenant: 'acme',
    seed: 0,
    beats: [{ prompt: 'The lamp turns on', durationSeconds: 5 }],
  };

  expect(await accept({ videoId: bench.newVideoId(), input })).toMatchObject({
    ...input,
    models: { clip: { name: 'veo-3.1', clipSeconds: 8 } },
  });
});

test('the first of several models is asked, and the others follow in order', async () => {
  const input = { ...small, models: { clip: ['hailuo-02', 'veo-3.1'], still: ['flux-dev'] } };

  const { models } = await accept({ videoId: bench.newVideoId(), input });

  expect(models.still).toEqual({ name: 'flux-dev', host: 'replicate', highestPriceUsd: 0.025 });
  expect(models.clip).toMatchObject({
    name: 'hailuo-02',
    clipSeconds: 6,
    fallbacks: [{ name: 'veo-3.1', clipSeconds: 8, nativeAudio: true }],
  });
});

test('a brief is accepted again, whatever the order of its fields', async () => {
  const videoId = bench.newVideoId();

  const first = await accept({
    videoId,
    input: { ...small, limits: { concurrentStills: 1, concurrentChunks: 2 } },
  });
  const second = await accept({
    videoId,
    input: { limits: { concurrentChunks: 2, concurrentStills: 1 }, durationSeconds: 15, prompt: 'A lamp' },
  });

  expect(second).toEqual(first);
});

test('another brief under the same id is refused', async () => {
  const videoId = bench.newVideoId();
  await accept({ videoId, input: small });

  const failure = await failureOf(accept({ videoId, input: { ...small, prompt: 'A chair' } }));

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(problemsOf(failure)).toEqual([
    { field: 'videoId', value: videoId, rule: expect.any(String) as string },
  ]);
});

test('one of two briefs under one id at once is accepted', async () => {
  const videoId = bench.newVideoId();

  const accepted = await Promise.allSettled([
    accept({ videoId, input: small }),
    accept({ videoId, input: { ...small, prompt: 'A chair' } }),
  ]);

  expect(accepted.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test.each<[object, string, RegExp]>([
  [{ limits: { concurrentStills: 6 } }, 'limits.concurrentStills', /at most 5/],
  [{ limits: { concurrentChunks: 4 } }, 'limits.concurrentChunks', /at most 3/],
  [{ models: { still: 'flux-9' } }, 'models.still', /flux-schnell, flux-dev, flux-1.1-pro, flux-kontext-pro/],
  [{ models: { clip: 'flux-schnell' } }, 'models.clip', /hailuo-02/],
  [{ models: { score: 'silence' } }, 'models.score', /stable-audio-2\.5/],
  [{ models: { planner: 'gpt-9' } }, 'models.planner', /one of built-in, gpt-5-mini, gpt-5\.4-mini/],
  [{ models: { planner: 'flux-dev' } }, 'models.planner', /one of built-in/],
  [
    { models: { planner: 'gpt-5-mini' }, limits: { budgetUsd: 0.05 } },
    'limits.budgetUsd',
    /at least 0\.1, the most that a plan by gpt-5-mini costs/,
  ],
  [{ models: { clip: 'veo-3.1' }, aspectRatio: '1:1' }, 'aspectRatio', /veo-3\.1 makes 16:9, 9:16/],
  [{ models: { still: ['flux-dev', 'flux-9'] } }, 'models.still', /one of flux-schnell/],
  [{ models: { still: ['flux-dev', 'flux-dev'] } }, 'models.still', /flux-dev stands twice in the list/],
  [
    { models: { clip: ['hailuo-02', 'wan-2.2-i2v-fast'] } },
    'models.clip',
    /makes 5 s and cannot stand in for hailuo-02, which makes 6 s/,
  ],
  [
    { models: { clip: ['hailuo-02', 'veo-3.1'] }, aspectRatio: '1:1' },
    'aspectRatio',
    /veo-3\.1 makes 16:9, 9:16/,
  ],
  [{ models: { still: [] } }, 'models.still', /at least 1 entr/],
  [{ productImage: './lamp.png' }, 'productImage', /uploaded by the client/],
  [
    { productImage: 'uploads/default/a.png', models: { still: 'flux-schnell' } },
    'models.still',
    /takes no picture/,
  ],
  [{ productImage: '/home/me/lamp.png' }, 'productImage', /uploaded by the client/],
  [{ durationSeconds: 301 }, 'durationSeconds', /at most 300/],
  [{ colour: 'red' }, 'colour', /no such field/],
])('the brief with %j is refused at %s', async (change, field, rule) => {
  const videoId = bench.newVideoId();

  const failure = await failureOf(accept({ videoId, input: { ...small, ...change } }));

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(problemsOf(failure)).toEqual([
    { field, value: expect.any(String) as string, rule: expect.stringMatching(rule) as string },
  ]);
  expect(await bench.worker.store.getJson(`videos/${videoId}/brief.json`)).toBeUndefined();
});

test('a planner that no worker has a key for is refused at the door, and only where it is asked for', async () => {
  const keyless = await bench.addWorker({ OPENAI_BASE_URL: '', OPENAI_API_KEY: '' });
  const input = { prompt: 'A lamp', durationSeconds: 5 };
  const acceptBrief = (brief: object) =>
    runActivity(createActivities(keyless).acceptBrief, { videoId: bench.newVideoId(), input: brief });

  const failure = await failureOf(acceptBrief({ ...input, models: { planner: 'gpt-5-mini' } }));

  expect(problemsOf(failure)).toEqual([
    {
      field: 'models.planner',
      value: '"gpt-5-mini"',
      rule: expect.stringMatching(/OPENAI_API_KEY is not set.*api\.openai\.com.*storyboard/) as string,
    },
  ]);
  expect((await acceptBrief(input)).models.languageModel).toBeUndefined();
  const written = {
    ...input,
    models: { planner: 'gpt-5-mini' },
    beats: [{ prompt: 'A', durationSeconds: 5 }],
  };
  expect((await acceptBrief(written)).models.languageModel).toBeUndefined();
});

test('a brief that asks for a language model carries its highest price', async () => {
  const input = { prompt: 'A lamp', durationSeconds: 5, models: { planner: 'gpt-5-mini' } };

  const { models } = await accept({ videoId: bench.newVideoId(), input });

  expect(models).toMatchObject({
    planner: 'gpt-5-mini',
    languageModel: { name: 'gpt-5-mini', host: 'chat-completions', highestPriceUsd: 0.1 },
  });
});

test('every problem of a brief is told at once', async () => {
  const input = {
    ...small,
    limits: { concurrentStills: 9, concurrentChunks: 9 },
    models: { still: 'a', clip: 'b' },
  };

  const failure = await failureOf(accept({ videoId: bench.newVideoId(), input }));

  expect(problemsOf(failure).map(({ field }) => field)).toEqual([
    'limits.concurrentStills',
    'limits.concurrentChunks',
    'models.still',
    'models.clip',
  ]);
});

test.each([null, undefined, 'A lamp', 15, [small]])('%j is no brief', async (input) => {
  const failure = await failureOf(accept({ videoId: bench.newVideoId(), input }));

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
});

test.each(['', 'A Video', 'a/b', '..', 'x'.repeat(65)])('the id %j is refused', async (videoId) => {
  const failure = await failureOf(accept({ videoId, input: small }));

  expect(problemsOf(failure).map(({ field }) => field)).toEqual(['videoId']);
});

function accept(request: AcceptRequest) {
  return runActivity(createActivities(bench.worker).acceptBrief, request);
}

interface Problem {
  readonly field: string;
  readonly value: string;
  readonly rule: string;
}

function problemsOf({ details }: { readonly details?: unknown[] | undefined | null }): readonly Problem[] {
  return (details?.[0] ?? []) as readonly Problem[];
}
