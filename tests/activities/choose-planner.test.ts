import { createActivities } from '../../activities/index.ts';
import { estimateVideoType } from '../../domain/workflow-types.ts';
import { runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

/** A worker's variables, a brief's fields, the chosen planner, and the advice on a better one. */
const planners: readonly (readonly [Record<string, string>, object, string, RegExp | undefined])[] = [
  [{ BEATREEL_PLANNER: '' }, {}, 'gpt-5-mini', undefined],
  [{ BEATREEL_PLANNER: '', OPENAI_BASE_URL: '', OPENAI_API_KEY: 'sk-own' }, {}, 'gpt-5-mini', undefined],
  [{ BEATREEL_PLANNER: '' }, { models: { planner: 'built-in' } }, 'built-in', undefined],
  [{ BEATREEL_PLANNER: '' }, { beats: [{ prompt: 'A', durationSeconds: 5 }] }, 'built-in', undefined],
  [{ BEATREEL_PLANNER: '' }, { limits: { budgetUsd: 0.1 } }, 'gpt-5-mini', undefined],
  [
    { BEATREEL_PLANNER: '' },
    { limits: { budgetUsd: 0.09 } },
    'built-in',
    /budget of \$0.09 to at least \$0.1/,
  ],
  [{ BEATREEL_PLANNER: '', OPENAI_BASE_URL: '' }, {}, 'built-in', /OPENAI_API_KEY is not set/],
  [{ BEATREEL_PLANNER: '', OPENAI_BASE_URL: 'own:1' }, {}, 'built-in', /OPENAI_BASE_URL .* not an http/],
  [{ BEATREEL_PLANNER: 'built-in' }, {}, 'built-in', /set OPENAI_API_KEY .* not BEATREEL_PLANNER/],
  [{ BEATREEL_PLANNER: 'built-in' }, { models: { planner: 'gpt-5.4-mini' } }, 'gpt-5.4-mini', undefined],
  [{ BEATREEL_PLANNER: 'gpt-5.4-mini' }, {}, 'gpt-5.4-mini', undefined],
];

test.each(planners)('on workers with %j a brief with %j is planned by %s', async (...row) => {
  const [env, asked, name, advice] = row;
  const activities = createActivities(await bench.addWorker(env));
  const request = {
    videoId: bench.newVideoId(),
    input: { prompt: 'A lamp', durationSeconds: 5, ...asked },
  };

  const { models } = await runActivity(activities.acceptBrief, request);
  const estimate = await runActivity(activities.priceVideo, request, { workflowType: estimateVideoType });

  expect([models.planner, models.languageModel?.name]).toEqual([
    name,
    name === 'built-in' ? undefined : name,
  ]);
  // The estimate names and prices the same planner.
  expect(estimate.phases.find(({ phase }) => phase === 'plan')?.model).toBe(models.languageModel?.name);
  if (advice) expect(estimate.betterPlan).toMatch(advice);
  else expect(estimate.betterPlan).toBeUndefined();
});

test('a worker whose planner is not in the catalogue does not start', async () => {
  await expect(bench.addWorker({ BEATREEL_PLANNER: 'gpt-9' })).rejects.toThrow(
    /BEATREEL_PLANNER is "gpt-9": one of built-in, gpt-5-mini/,
  );
});
