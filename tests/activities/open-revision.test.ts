import { createActivities } from '../../activities/index.ts';
import { createStoreArtifact } from '../../activities/store-artifact.ts';
import { createAwaitPrediction } from '../../activities/await-prediction.ts';
import { briefOf } from '../support/briefs.ts';
import { buy, stillOrder } from './support/purchases.ts';
import { failureOf, retryActivity, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

test.each([
  [1, 'its own number'],
  [7, 'a number above the newest, as a signal sent by hand may name'],
])(
  'a run opens what a revision is made from, whatever the release would plan: by %i, %s',
  async (revision) => {
    const videoId = bench.newVideoId();
    const { acceptBrief, planStoryboard, openRevision } = createActivities(bench.worker);
    const brief = await runActivity(acceptBrief, { videoId, input: briefOf(2) });
    const storyboard = await runActivity(planStoryboard, { brief });

    expect(await runActivity(openRevision, { videoId, revision })).toEqual({ brief, storyboard, takes: [] });
  },
);

test('a revision that is gone is not made of anything else', async () => {
  const videoId = bench.newVideoId();
  const { openRevision } = createActivities(bench.worker);

  expect(await failureOf(runActivity(openRevision, { videoId, revision: 3 }))).toMatchObject({
    type: 'ArtifactMissing',
    message: `videos/${videoId}/storyboard-r3.json is gone; put it back, and the video goes on.`,
  });
});

test.each([
  [{}, 'has no layout number'],
  [{ layout: 1 }, 'is of layout 1'],
  [{ layout: 99 }, 'is of layout 99'],
])(
  'a video that a release of another layout left in the bucket is refused by name: %j',
  async (stored, said) => {
    const videoId = bench.newVideoId();
    const { store } = bench.worker;
    await store.putJson(`videos/${videoId}/storyboard-r1.json`, stored);
    await store.putJson(`videos/${videoId}/brief.json`, stored);
    const { acceptBrief, openRevision } = createActivities(bench.worker);

    for (const run of [
      () => runActivity(openRevision, { videoId, revision: 1 }),
      () => runActivity(acceptBrief, { videoId, input: briefOf(1) }),
    ])
      expect(await failureOf(run())).toMatchObject({
        type: 'InvalidRequest',
        message: expect.stringContaining(
          `${said}, and this release reads layout 2: start a new video`,
        ) as unknown,
      });
    const ledger: string[] = [];
    for await (const { key } of store.list(`videos/${videoId}/ledger/`)) ledger.push(key);
    expect(ledger).toEqual([]);
  },
);

test('an earlier purchase is found with its file, its price and its wanted key', async () => {
  const videoId = bench.newVideoId();
  const { acceptBrief, planStoryboard, openRevision } = createActivities(bench.worker);
  await runActivity(planStoryboard, {
    brief: await runActivity(acceptBrief, { videoId, input: briefOf(1) }),
  });
  const order = stillOrder(videoId, { wanted: 'a-lamp', words: 'other words', isSoftened: true });
  const { ledgerKey, predictionKey, prediction } = await buy(bench.worker, order);
  const ordered = { unit: 'still-b1', number: 0, wanted: 'a-lamp', model: 'flux-schnell' };

  const first = await runActivity(openRevision, { videoId, revision: 1 });
  await retryActivity(createAwaitPrediction(bench.worker), { ledgerKey, prediction, model: 'flux-schnell' });
  const second = await runActivity(openRevision, { videoId, revision: 1 });
  const transfers = bench.worker.outputTransfers;
  const artifact = await runActivity(createStoreArtifact({ ...bench.worker, transfers }), { ledgerKey });
  const third = await runActivity(openRevision, { videoId, revision: 1 });

  expect(first.takes).toMatchObject([{ ...ordered, state: 'ordered', costUsd: 0, prediction }]);
  expect(second.takes).toMatchObject([{ ...ordered, state: 'paid', costUsd: 0.003 }]);
  expect(third.takes).toMatchObject([
    { ...ordered, state: 'stored', artifact, predictionKey, words: 'other words', isSoftened: true },
  ]);
});

test('an entry that cannot be read hides no other', async () => {
  const videoId = bench.newVideoId();
  const { acceptBrief, planStoryboard, openRevision } = createActivities(bench.worker);
  await runActivity(planStoryboard, {
    brief: await runActivity(acceptBrief, { videoId, input: briefOf(1) }),
  });
  await buy(bench.worker, stillOrder(videoId));
  await bench.worker.store.putJson(`videos/${videoId}/ledger/still-b9-t0-0123456789abcdef.json`, {
    no: 'entry',
  });

  const { takes } = await runActivity(openRevision, { videoId, revision: 1 });

  expect(takes.map(({ unit }) => unit)).toEqual(['still-b1']);
});
