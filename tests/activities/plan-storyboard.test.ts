import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createActivities } from '../../activities/index.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import type { Brief } from '../../domain/brief.ts';
import { planTimeline } from '../../domain/chunks.ts';
import { briefOf } from '../support/briefs.ts';
import { failureOf, runActivity, startActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

test('a storyboard fills the video, is priced, and is stored', async () => {
  const brief = await accept({ prompt: 'A lamp', durationSeconds: 32 });

  const storyboard = await plan(brief).result;

  const lengths = storyboard.beats.map(({ keptSeconds }) => keptSeconds);
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(32);
  const chunks = planTimeline(storyboard.beats, brief.models.clip).length;
  expect(storyboard.estimateUsd).toBeCloseTo(storyboard.beats.length * 0.003 + chunks * 0.45 + 0.2, 6);
  expect(storyboard).toMatchObject({ durationSeconds: 32, plannedBy: 'built-in' });
  expect((await bench.worker.store.getJson(keyOf(brief)))?.value).toMatchObject({
    revision: 1,
    edits: [],
    storyboard,
  });
});

test('without music none is priced', async () => {
  const storyboard = await plan(await accept({ ...briefOf(1), music: { enabled: false } })).result;

  expect(storyboard.estimateUsd).toBe(0.453);
});

test('the first storyboard of a video stands, whatever a later plan would be', async () => {
  const brief = await accept({ prompt: 'A lamp', durationSeconds: 30, seed: 1 });
  const first = await plan(brief).result;

  const second = await plan({ ...brief, seed: 2, prompt: 'A chair', durationSeconds: 60 }).result;

  expect(second).toEqual(first);
});

test('two plans at once agree', async () => {
  const brief = await accept({ prompt: 'A lamp', durationSeconds: 30 });

  const [one, two] = await Promise.all([plan(brief).result, plan({ ...brief, seed: brief.seed + 1 }).result]);

  expect(one).toEqual(two);
});

test('ten beats of 10 s for 15 s become three of 5 s, with one WARNING and one line in the log', async () => {
  const beats = Array.from({ length: 10 }, (_, index) => ({
    prompt: `Beat ${index}`,
    durationSeconds: 10 as const,
  }));
  const brief = await accept({ prompt: 'A lamp', durationSeconds: 15, beats });

  const planning = plan(brief);
  const storyboard = await planning.result;
  const again = await plan(brief).result;

  expect(again).toEqual(storyboard);
  expect(
    storyboard.beats.map(({ startSeconds, durationSeconds }) => [startSeconds, durationSeconds]),
  ).toEqual([
    [0, 5],
    [5, 5],
    [10, 5],
  ]);
  expect(storyboard.truncation).toEqual({ originalCount: 10, truncatedCount: 3 });
  expect(planning.logs.map(({ level }) => level)).toEqual(['WARN']);
  expect(planning.logs[0]?.message).toContain('truncated');
  const log = await readFile(join(bench.folder, 'logs', 'beat_truncation.log'), 'utf8');
  const lines = log.split('\n').filter((line) => line.includes(brief.videoId));
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string,
      videoId: brief.videoId,
      originalCount: 10,
      truncatedCount: 3,
    },
  ]);
});

test('a plan that fits is no reason for a WARNING', async () => {
  const planning = plan(await accept(briefOf(3)));

  expect(await planning.result).not.toHaveProperty('truncation');
  expect(planning.logs).toEqual([]);
});

test('a log that cannot be written stops no video', async () => {
  const brief = await accept({ ...briefOf(3), durationSeconds: 5 });
  const { planStoryboard } = createActivities({ ...bench.worker, logFolder: '/dev/null/logs' });

  const planning = startActivity(planStoryboard, { brief }, infoOf(brief));

  expect((await planning.result).beats).toHaveLength(1);
  expect(planning.logs).toHaveLength(2);
});

test('beats that cannot fill the video are refused with both numbers', async () => {
  const brief = await accept({ ...briefOf(1), durationSeconds: 60 });

  const failure = await failureOf(plan(brief).result);

  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  expect(failure.message).toMatch(/1 beat can fill at most 15 s of 60 s/);
  expect(await bench.worker.store.getJson(keyOf(brief))).toBeUndefined();
});

function accept(input: BriefInput): Promise<Brief> {
  return runActivity(createActivities(bench.worker).acceptBrief, { videoId: bench.newVideoId(), input });
}

function plan(brief: Brief) {
  return startActivity(createActivities(bench.worker).planStoryboard, { brief }, infoOf(brief));
}

function infoOf({ videoId }: Brief) {
  return { workflowExecution: { workflowId: videoId, runId: 'run' } };
}

function keyOf({ videoId }: Brief): string {
  return `videos/${videoId}/storyboard-r1.json`;
}
