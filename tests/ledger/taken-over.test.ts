import { createCancelPredictions } from '../../activities/cancel-predictions.ts';
import { claimPurchase } from '../../activities/ledger/claim-purchase.ts';
import type { ConditionalObjects } from '../../storage/conditional-objects.ts';
import { Ledger } from '../../activities/ledger/ledger.ts';
import type { LedgerEntry } from '../../activities/ledger/ledger-entry.ts';
import { postPurchase } from '../../activities/ledger/post-purchase.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import { png } from '../storage/test-files.ts';
import { buy, clipOrder, entryOf, ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { draftOf, orderFor } from './support/draft-of.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench({ stillSeconds: 5 });
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('a poster that comes back after its lease was taken over cancels its own prediction', async () => {
  const { control } = bench.standIn;
  // The host takes the order, answers late, and its list does not show it in time.
  control.setFaults([
    { fault: { type: 'delayReply', seconds: 4, when: 'after' } },
    { fault: { type: 'listLag', seconds: 60 } },
  ]);
  const order = stillOrder(bench.newVideoId());
  const late = runActivity(createSubmitPrediction(bench.worker), order);
  late.catch(() => undefined);
  await control.waitFor({ creates: 1 });
  await endLease(order);

  const taken = await buy(bench.worker, order);
  // The poster finds the prediction of the worker that took over, which counts.
  const returned = await late;

  expect(returned).toMatchObject({ state: 'submitted', prediction: taken.prediction });
  const [first, second] = control.counters().predictions;
  expect(first?.status).toBe('canceled');
  expect(second?.status).not.toBe('canceled');
  expect(second?.id).toBe(taken.prediction.id);
  expect((await entryOf(bench.worker, order)).entry).toMatchObject({
    state: 'submitted',
    predictionId: second?.id,
  });
});

test('a prediction that is one too many and cannot be ended stands in the ledger, and is ended with the video', async () => {
  const { control } = bench.standIn;
  control.setFaults([
    { fault: { type: 'delayReply', seconds: 4, when: 'after' } },
    { fault: { type: 'listLag', seconds: 60 } },
    { match: { operation: 'cancel' }, fault: { type: 'serverError' } },
  ]);
  const order = stillOrder(bench.newVideoId());
  const late = runActivity(createSubmitPrediction(bench.worker), order);
  late.catch(() => undefined);
  await control.waitFor({ creates: 1 });
  await endLease(order);
  await buy(bench.worker, order);

  await expect(late).rejects.toMatchObject({ type: 'ProviderUnavailable' });

  const [first] = control.counters().predictions;
  expect((await entryOf(bench.worker, order)).entry.strays).toEqual([first?.id]);
  await runActivity(createCancelPredictions(bench.worker), { videoId: order.videoId });
  expect(control.counters().predictions[0]?.status).toBe('canceled');
  expect((await entryOf(bench.worker, order)).entry.strays).toBeUndefined();
});

test('a poster whose order was found by whoever took over keeps it', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'delayReply', seconds: 1.5, when: 'after' } }]);
  const order = stillOrder(bench.newVideoId());
  const late = runActivity(createSubmitPrediction(bench.worker), order);
  late.catch(() => undefined);
  await control.waitFor({ creates: 1 });
  await endLease(order);

  const adopted = await buy(bench.worker, order);

  expect(await late).toMatchObject({ prediction: adopted.prediction });
  expect(control.counters()).toMatchObject({ creates: 1, cancels: 0 });
});

test('a poster that was held up before posting posts nothing and leaves the order to the next', async () => {
  const order = stillOrder(bench.newVideoId());
  const { store } = bench.worker;
  const now = performance.now.bind(performance);
  let aheadMs = 0;
  performance.now = () => now() + aheadMs;
  const standingStill: ConditionalObjects = {
    ...store,
    putJson: async (key, value, condition) => {
      const written = await store.putJson(key, value, condition);
      // The process stalls for a minute before it learns that it may post.
      if ((value as LedgerEntry).state === 'posting') aheadMs += 60_000;
      return written;
    },
  };
  const ledger = new Ledger(standingStill);
  try {
    const failure = await failureOf(runActivity(createSubmitPrediction({ ...bench.worker, ledger }), order));

    expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
    expect((await entryOf(bench.worker, order)).entry.state).toBe('claimed');
    expect(bench.standIn.control.counters().createRequests).toBe(0);
  } finally {
    performance.now = now;
  }
});

test('a cancellation before the order goes out posts nothing and leaves nothing on its way', async () => {
  const order = stillOrder(bench.newVideoId());
  const claim = await claimPurchase(bench.worker.ledger, {
    objectKey: ledgerKeyOf(order),
    draft: draftOf(bench.worker, order),
  });
  if (claim.kind !== 'mine') throw new Error('Should have claimed.');
  const reason = new Error('The video was cancelled.');

  const posting = postPurchase(bench.worker.ledger, {
    ...orderFor(bench.worker, order, claim.held),
    signal: AbortSignal.abort(reason),
  });

  await expect(posting).rejects.toBe(reason);
  const { entry } = await entryOf(bench.worker, order);
  expect([entry.state, entry.leaseUntil]).toEqual(['claimed', undefined]);
  expect(bench.standIn.control.counters().createRequests).toBe(0);
});

test.each([
  ['insufficientCredit', 'BudgetExceeded', true],
  ['unauthorized', 'CredentialsRejected', true],
  ['invalid', 'InvalidRequest', true],
  ['throttle', 'ProviderBusy', false],
] as const)('an order refused by %s is not on its way any more', async (type, failureType, nonRetryable) => {
  bench.standIn.control.setFaults([{ fault: { type } }]);
  const order = stillOrder(bench.newVideoId());

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type: failureType, nonRetryable });
  expect((await entryOf(bench.worker, order)).entry.state).toBe('claimed');
  await buy(bench.worker, order);
  expect(bench.standIn.control.counters().creates).toBe(1);
});

test('an order whose picture cannot be handed to the host is not on its way', async () => {
  const videoId = bench.newVideoId();
  const key = `videos/${videoId}/stills/b1.png`;
  const frame = await bench.worker.store.putBytes(key, png(500), { contentType: 'image/png' });
  const order = clipOrder(videoId, frame);
  await bench.worker.store.deleteMany([key]);

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type: 'ArtifactMissing', nonRetryable: true });
  expect((await entryOf(bench.worker, order)).entry.state).toBe('claimed');
  expect(bench.standIn.control.counters().createRequests).toBe(0);
});

/** Ends the lease, as time would. */
async function endLease(order: ReturnType<typeof stillOrder>): Promise<void> {
  const held = await entryOf(bench.worker, order);
  const leaseUntil = new Date(held.storeTime.getTime() - 1_000).toISOString();
  await bench.worker.ledger.replace(held, { leaseUntil });
}
