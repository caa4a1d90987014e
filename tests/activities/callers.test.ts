import type { Info } from '@temporalio/activity';

import type { Activities } from '../../activities/index.ts';
import { createActivities } from '../../activities/index.ts';
import { callers } from '../../activities/callers.ts';
import {
  cleanUpId,
  cleanUpVideoType,
  estimateVideoType,
  generateVideoType,
} from '../../domain/workflow-types.ts';
import { requestsOf } from './support/requests-of.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

const names = Object.keys(callers) as (keyof Activities)[];
const mine = 'my-video';
const calledBy = (workflowType: string, workflowId: string): Partial<Info> => ({
  workflowType,
  workflowExecution: { workflowId, runId: 'a-run' },
});

test.each(names)('%s is refused to a workflow of another type', async (name) => {
  const other = callers[name].workflowTypes.includes(generateVideoType)
    ? estimateVideoType
    : generateVideoType;

  const failure = await refusalOf(name, requestsOf(mine)[name], calledBy(other, mine));

  expect(failure.message).toContain(`a workflow ${other} called it`);
});

const ofVideos = names.filter((name) => name !== 'priceVideo' && name !== 'openHostAccount');

test.each(ofVideos)('%s is refused to the workflow of another video', async (name) => {
  const [type = ''] = callers[name].workflowTypes;
  const failure = await refusalOf(name, requestsOf(mine)[name], calledBy(type, 'another'));

  expect(failure.message).toMatch(/the video another names (another video|a key outside its folder)/);
});

test('a clean-up ends predictions of the video in its id, and of no other', async () => {
  const { cancelPredictions } = createActivities(bench.worker);
  const info = calledBy(cleanUpVideoType, cleanUpId(mine));

  expect(await runActivity(cancelPredictions, { videoId: mine }, info)).toMatchObject({ canceled: 0 });
  await refusalOf('cancelPredictions', { videoId: 'theirs' }, info);
  await refusalOf('cancelPredictions', { videoId: mine }, calledBy(cleanUpVideoType, 'another'));
});

test.each<[string, keyof Activities, unknown]>([
  ['a picture', 'submitPrediction', requestsOf(mine, 'videos/theirs/stills/b1.png').submitPrediction],
  ['a ledger entry', 'awaitPrediction', requestsOf(mine, 'videos/theirs/ledger/a.json').awaitPrediction],
  ['a clip', 'joinClips', requestsOf(mine, 'uploads/acme/clip.mp4').joinClips],
  ['a path that climbs', 'finishVideo', requestsOf(mine, `videos/${mine}/../theirs/a`).finishVideo],
  ['a file of its manifest', 'writeManifest', requestsOf(mine, 'videos/theirs/video.mp4').writeManifest],
])('a video may not name %s of another in %s', async (_what, name, request) => {
  const failure = await refusalOf(name, request, calledBy(generateVideoType, mine));

  expect(failure.message).toContain('names a key outside its folder');
});

async function refusalOf(name: keyof Activities, request: unknown, info: Partial<Info>) {
  const activity = createActivities(bench.worker)[name] as (request: unknown) => Promise<unknown>;
  const failure = await failureOf(runActivity(activity, request, info));
  expect(failure).toMatchObject({ type: 'InvalidRequest', nonRetryable: true });
  return failure;
}
