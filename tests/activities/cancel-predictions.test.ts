import { createAwaitPrediction } from '../../activities/await-prediction.ts';
import { createCancelPredictions } from '../../activities/cancel-predictions.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { Ledger } from '../../activities/ledger/ledger.ts';
import { claimPurchase } from '../../activities/ledger/claim-purchase.ts';
import { ledgerFolder } from '../../activities/ledger/ledger-entry.ts';
import { postPurchase } from '../../activities/ledger/post-purchase.ts';
import { createHosts } from '../../activities/providers/hosts.ts';
import type { SubmitRequest } from '../../activities/submit-prediction.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import { draftOf, orderFor } from '../ledger/support/draft-of.ts';
import { buy, entryOf, ledgerKeyOf, stillOrder } from './support/purchases.ts';
import { failureOf, runActivity, retryActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('a cancellation tells what was spent, what is saved and what is past saving', async () => {
  const { control } = bench.standIn;
  const videoId = bench.newVideoId();
  const recorded = await buyStill(videoId, 0);
  await control.waitFor({ finished: 1 });
  await runActivity(createAwaitPrediction(bench.worker), { ...recorded, model: 'flux-schnell' });
  await buyStill(videoId, 1);
  await control.waitFor({ finished: 2 });
  control.setBarrier({});
  await buyStill(videoId, 2);
  await control.waitFor({ held: 1 });
  control.setFaults([{ fault: { type: 'slowStart', seconds: 60 } }]);
  await buyStill(videoId, 3);

  const report = await cancel(videoId);

  expect(control.counters().predictions.map(({ status }) => status)).toEqual([
    'succeeded',
    'succeeded',
    'canceled',
    'aborted',
  ]);
  // The host charges for predictions that it had started.
  expect(report).toMatchObject({
    canceled: 2,
    spentUsd: 0.006,
    pastSavingUsd: 0.003,
    savedUsd: 0.003,
    costUsd: 0.009,
  });
  expect(await cancel(videoId)).toEqual(report);
});

test('other videos go on', async () => {
  bench.standIn.control.setBarrier({});
  const videoId = bench.newVideoId();
  await buyStill(videoId, 0);
  await buyStill(bench.newVideoId(), 0);

  await cancel(videoId);

  expect(bench.standIn.control.counters().inFlight.still).toBe(1);
});

test('a video that bought nothing has nothing to cancel', async () => {
  expect(await cancel(bench.newVideoId())).toEqual({
    canceled: 0,
    spentUsd: 0,
    savedUsd: 0,
    pastSavingUsd: 0,
    costUsd: 0,
    costs: {},
  });
});

test('an order whose answer was lost is found and ended as well', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  control.setFaults([{ fault: { type: 'loseReply' } }]);
  const order = stillOrder(bench.newVideoId());
  await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  const report = await cancel(order.videoId);

  expect(report.canceled).toBe(1);
  expect(control.counters().inFlight.still).toBe(0);
  expect((await entryOf(bench.worker, order)).entry.state).toBe('canceled');
});

test('an order that never reached the host is nothing to cancel', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'connectionReset' } }]);
  const order = stillOrder(bench.newVideoId());
  // The store's clock has whole seconds, so at least two of the three are left.
  const host = { ...bench.worker.hosts.get('replicate'), lateArrivalMs: 3_000 };
  const worker = { ...bench.worker, hosts: createHosts([host]) };
  await failureOf(runActivity(createSubmitPrediction(worker), order));

  const { result, attempts } = await retryActivity(createCancelPredictions(bench.worker), {
    videoId: order.videoId,
  });

  expect(result).toMatchObject({ canceled: 0, spentUsd: 0, savedUsd: 0, pastSavingUsd: 0, costUsd: 0 });
  // The order counts as absent only once it can no longer arrive.
  expect(attempts).toBeGreaterThan(1);
  expect((await entryOf(bench.worker, order)).entry).toMatchObject({ state: 'canceled', costUsd: 0 });
});

test('an order that may still be on its way is ended as soon as the host lists it', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const order = stillOrder(bench.newVideoId());
  await buy(bench.worker, order);
  await putOnItsWay(order);

  const report = await cancel(order.videoId);

  expect(report).toMatchObject({ canceled: 1 });
  expect(control.counters().inFlight.still).toBe(0);
});

test('an order that may still be on its way and is not listed is waited for', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  control.setFaults([{ times: 'always', fault: { type: 'listLag', seconds: 60 } }]);
  const order = stillOrder(bench.newVideoId());
  await buy(bench.worker, order);
  await putOnItsWay(order);

  const failure = await failureOf(cancel(order.videoId));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  expect(failure.nextRetryDelay).toBeLessThanOrEqual(5_050);
  expect((await entryOf(bench.worker, order)).entry.state).toBe('posting');
});

async function putOnItsWay(order: SubmitRequest): Promise<void> {
  const held = await entryOf(bench.worker, order);
  const leaseUntil = new Date(held.storeTime.getTime() + 20_000).toISOString();
  const marker = { seed: order.request.seed };
  await bench.worker.ledger.replace(held, { state: 'posting', leaseUntil, marker, predictionId: undefined });
}

test('one prediction that the host does not end keeps no other one running', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const videoId = bench.newVideoId();
  for (const beat of [0, 1, 2]) await buyStill(videoId, beat);
  control.setFaults([{ match: { operation: 'cancel' }, fault: { type: 'serverError' } }]);

  const failure = await failureOf(cancel(videoId));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  expect(control.counters().inFlight.still).toBe(1);
  expect((await cancel(videoId)).canceled).toBe(3);
  expect(control.counters().inFlight.still).toBe(0);
});

test('an entry that nobody can read keeps no prediction running, and no report back', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const videoId = bench.newVideoId();
  await bench.worker.store.putJson(`${ledgerFolder(videoId)}a-broken-one.json`, { state: 'unheard of' });
  await buyStill(videoId, 0);

  const report = await cancel(videoId);

  expect(report).toMatchObject({ canceled: 1, spentUsd: 0, savedUsd: 0, pastSavingUsd: 0.003, unsettled: 1 });
  expect(control.counters().inFlight.still).toBe(0);
});

test('a claim that a stopped worker left is withdrawn, and a submit that wakes up late orders nothing', async () => {
  const order = stillOrder(bench.newVideoId());
  const claim = await claimPurchase(bench.worker.ledger, {
    objectKey: ledgerKeyOf(order),
    draft: draftOf(bench.worker, order),
  });
  if (claim.kind !== 'mine') throw new Error('Should have claimed.');

  const report = await cancel(order.videoId);
  const posting = postPurchase(bench.worker.ledger, orderFor(bench.worker, order, claim.held));

  await expect(posting).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  expect(await runActivity(createSubmitPrediction(bench.worker), order)).toMatchObject({
    state: 'ended',
    outcome: { state: 'canceled', costUsd: 0 },
  });
  expect(bench.standIn.control.counters().createRequests).toBe(0);
  // Nothing was ordered, so nothing was saved, however often it is counted.
  expect(report).toMatchObject({ canceled: 0, spentUsd: 0, savedUsd: 0, pastSavingUsd: 0, costUsd: 0 });
  expect(await cancel(order.videoId)).toEqual(report);
});

test.each([
  ['a host that refuses our key once', 'cancel', 401],
  ['a host that forbids it once', 'cancel', 403],
  ['a look that is refused once', 'get', 403],
] as const)('%s ends no clean-up', async (_what, operation, status) => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const videoId = bench.newVideoId();
  await buyStill(videoId, 0);
  const answer = {
    type: 'wrongAnswer',
    status,
    contentType: 'application/json',
    body: '{}',
    when: 'before',
  } as const;
  control.setFaults([{ match: { operation }, fault: answer }]);

  expect(await failureOf(cancel(videoId))).toMatchObject({
    type: 'ProviderUnavailable',
    nonRetryable: false,
  });
  expect((await cancel(videoId)).canceled).toBe(1);
  expect(control.counters().inFlight.still).toBe(0);
});

test('a store that refuses the list of the ledger ends no clean-up', async () => {
  const ledger = new Ledger({
    ...bench.worker.store,
    list: () => {
      throw new BeatreelFailure('CredentialsRejected', 'Listing failed: the object store answered 403.');
    },
  });

  const failure = await failureOf(
    runActivity(createCancelPredictions({ ...bench.worker, ledger }), { videoId: bench.newVideoId() }),
  );

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
});

test('a prediction that its host does not know yet is ended as soon as it does', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const videoId = bench.newVideoId();
  await buyStill(videoId, 0);
  const unknown = {
    type: 'wrongAnswer',
    status: 404,
    contentType: 'application/json',
    body: '{}',
    when: 'before',
  } as const;
  control.setFaults([
    { match: { operation: 'cancel' }, fault: unknown, times: 2 },
    { match: { operation: 'get' }, fault: unknown, times: 2 },
  ]);

  const { result, attempts } = await retryActivity(createCancelPredictions(bench.worker), { videoId });

  expect(attempts).toBe(3);
  expect(result).toMatchObject({ canceled: 1 });
  expect(control.counters().inFlight.still).toBe(0);
});

test('a prediction that was believed lost does not run on', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const videoId = bench.newVideoId();
  const { ledgerKey } = await buyStill(videoId, 0);
  const held = await bench.worker.ledger.read(ledgerKey);
  if (!held) throw new Error('There should be an entry.');
  const failure = { type: 'PaidAndLost', reason: 'The host no longer knows the prediction.' } as const;
  await bench.worker.ledger.replace(held, { state: 'lost', costUsd: 0.003, failure });

  await cancel(videoId);

  expect(control.counters().inFlight.still).toBe(0);
});

function buyStill(videoId: string, index: number) {
  const order = stillOrder(videoId);
  return buy(bench.worker, { ...order, unit: { ...order.unit, beat: `b${index + 1}` } });
}

function cancel(videoId: string) {
  return runActivity(createCancelPredictions(bench.worker), { videoId });
}
