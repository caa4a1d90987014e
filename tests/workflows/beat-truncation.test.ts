import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createPlanStoryboard } from '../../activities/plan-storyboard.ts';
import type { Brief } from '../../domain/brief.ts';
import type { Revision } from '../../domain/revision.ts';
import { runActivity } from '../activities/support/run-activity.ts';
import { stillsOf } from '../support/at-the-host.ts';
import { beatOf, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import type { Video } from '../support/video.ts';

let fleet: Fleet;
let video: Video;

beforeAll(async () => {
  fleet = await startFleet();
  fleet.standIn.control.setBarrier({ kind: 'clip' });
  video = await fleet.startVideo(briefOf(10, { durationSeconds: 15 }));
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');
});
afterAll(() => fleet.close());

test('ten beats for 15 seconds become the first three, from second 0 on', async () => {
  const { beats, truncation } = (await readStored<Revision>('storyboard-r1.json')).storyboard;

  expect(beats.map(({ startSeconds }) => startSeconds)).toEqual([0, 5, 10]);
  expect(beats.map(({ stillPrompt }) => beatOf(stillPrompt))).toEqual([0, 1, 2]);
  expect(truncation).toEqual({ originalCount: 10, truncatedCount: 3 });
  expect(stillsOf(fleet.standIn)).toHaveLength(3);
});

test('a truncation is a warning of the worker', () => {
  const warnings = fleet.logs.filter(({ message }) => message === 'Beats truncated to fit the duration');
  expect(warnings).toMatchObject([
    { level: 'WARN', meta: { workflowId: video.id, originalCount: 10, truncatedCount: 3 } },
  ]);
});

test('a truncation is one line of the log file, also when the step runs twice', async () => {
  const plan = createPlanStoryboard({ store: fleet.dependencies.store, logFolder: fleet.settings.logFolder });
  const { brief } = await readStored<{ brief: Brief }>('brief.json');
  const workflowExecution = { workflowId: video.id, runId: 'another' };
  const storyboard = await runActivity(plan, { brief }, { workflowExecution });

  expect(storyboard).toEqual((await readStored<Revision>('storyboard-r1.json')).storyboard);
  const lines = (await readFile(join(fleet.settings.logFolder, 'beat_truncation.log'), 'utf8'))
    .trim()
    .split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    {
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      videoId: video.id,
      originalCount: 10,
      truncatedCount: 3,
    },
  ]);
});

async function readStored<T>(name: string): Promise<T> {
  return (await fleet.dependencies.store.getJson(`videos/${video.id}/${name}`))?.value as T;
}
