import { readOutcome, recordOutcome } from '../../activities/ledger/read-outcome.ts';
import { readPurchase } from '../../activities/ledger/read-purchase.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import type { PredictionOutcome } from '../../domain/prediction.ts';
import { buy, entryOf, ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

const refused: PredictionOutcome = {
  state: 'failed',
  type: 'ContentRejected',
  reason: 'The host refused it.',
  costUsd: 0,
};

test('a second record of an outcome agrees with the first', async () => {
  const { ledger } = bench.worker;
  const order = stillOrder(bench.newVideoId());
  await buy(bench.worker, order);
  const held = await entryOf(bench.worker, order);

  const outcomes = await Promise.all([
    recordOutcome(ledger, held, { state: 'succeeded', costUsd: 0.003 }),
    recordOutcome(ledger, held, refused),
  ]);

  expect(outcomes[0]).toEqual(outcomes[1]);
  expect(readOutcome((await entryOf(bench.worker, order)).entry)).toEqual(outcomes[0]);
});

test('a purchase that ended is not bought again, and its end is told', async () => {
  const order = stillOrder(bench.newVideoId());
  await buy(bench.worker, order);
  await recordOutcome(bench.worker.ledger, await entryOf(bench.worker, order), refused);

  const submitted = await runActivity(createSubmitPrediction(bench.worker), order);

  expect(submitted).toMatchObject({ state: 'ended', outcome: refused });
  expect(bench.standIn.control.counters().creates).toBe(1);
});

test('the next take of a unit is another purchase', async () => {
  const order = stillOrder(bench.newVideoId());
  const first = await buy(bench.worker, order);

  const second = await buy(bench.worker, { ...order, unit: { ...order.unit, take: 1 } });

  expect(second.ledgerKey).toContain('still-b1-t1-');
  expect(second.prediction.id).not.toBe(first.prediction.id);
});

test.each<[string, Uint8Array]>([
  ['is of another form', Buffer.from('{"state":"unheard of"}')],
  ['is no JSON', Buffer.from('{"state":"clai')],
  ['is empty', Buffer.from(' ')],
])('an entry that %s stops for a person and buys nothing', async (_what, bytes) => {
  const order = stillOrder(bench.newVideoId());
  await bench.worker.store.putBytes(ledgerKeyOf(order), bytes, { contentType: 'application/json' });

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type: 'NeedsReconcile', nonRetryable: true });
  expect(failure.message).toContain(ledgerKeyOf(order));
  expect(bench.standIn.control.counters().createRequests).toBe(0);
});

test.each([
  ['is another video’s', { videoId: 'another' }],
  [
    'names a file of another video',
    { artifact: { key: 'videos/another/stills/b1.png', sizeBytes: 1, contentType: 'image/png' } },
  ],
])('an entry that %s stops for a person', async (_what, changes) => {
  const { store, ledger } = bench.worker;
  const order = stillOrder(bench.newVideoId());
  await buy(bench.worker, order);
  const { entry, objectKey } = await entryOf(bench.worker, order);
  await store.putJson(objectKey, { ...entry, ...changes });

  await expect(ledger.read(objectKey)).rejects.toMatchObject({
    type: 'NeedsReconcile',
    message: expect.stringContaining(objectKey) as unknown,
  });
});

test('an entry that is gone is no reason to buy again', async () => {
  await expect(readPurchase(bench.worker.ledger, 'videos/none/ledger/none.json')).rejects.toMatchObject({
    type: 'ArtifactMissing',
  });
});

test('the purchases of a video are listed by medium, beat and take', async () => {
  const { ledger } = bench.worker;
  const videoId = bench.newVideoId();
  const order = stillOrder(videoId);
  for (const unit of [
    { beat: 'b2', take: 0 },
    { beat: 'b1', take: 1 },
    { beat: 'b1', take: 0 },
  ]) {
    await buy(bench.worker, { ...order, unit: { ...order.unit, ...unit } });
  }

  const listed = [];
  for await (const { entry } of ledger.list(videoId)) listed.push([entry.beat, entry.take]);

  expect(listed).toEqual([
    ['b1', 0],
    ['b1', 1],
    ['b2', 0],
  ]);
});
