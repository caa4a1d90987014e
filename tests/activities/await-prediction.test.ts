import { ApplicationFailureCategory } from '@temporalio/common';

import type { AwaitRequest } from '../../activities/await-prediction.ts';
import { createAwaitPrediction } from '../../activities/await-prediction.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import type { PredictionOutcome } from '../../domain/prediction.ts';
import { until } from '../support/until.ts';
import { buy, entryOf, stillOrder } from './support/purchases.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('a prediction that runs is pending, and looked at again after 5 % of its age', async () => {
  bench.standIn.control.setBarrier({});
  const { request } = await buyStill();

  const failure = await failureOf(
    runActivity(createAwaitPrediction(bench.worker), request, { scheduledTimestampMs: Date.now() - 40_000 }),
  );

  expect(failure).toMatchObject({
    type: 'PredictionPending',
    nonRetryable: false,
    category: ApplicationFailureCategory.BENIGN,
  });
  expect(failure.nextRetryDelay).toBeGreaterThanOrEqual(1_790);
  expect(failure.nextRetryDelay).toBeLessThanOrEqual(2_300);
});

test('a prediction that succeeded costs its price, and the ledger says so', async () => {
  const { order, request } = await buyEndedStill();

  expect(await runActivity(createAwaitPrediction(bench.worker), request)).toEqual({
    state: 'succeeded',
    costUsd: 0.003,
  });
  const { entry } = await entryOf(bench.worker, order);
  expect(entry).toMatchObject({ state: 'succeeded', costUsd: 0.003, endedAt: expect.any(String) as string });
});

test('an outcome that is on record stands, also when the host has forgotten the prediction', async () => {
  const { request } = await buyEndedStill();
  const first = await runActivity(createAwaitPrediction(bench.worker), request);
  await bench.standIn.control.reset();

  expect(await runActivity(createAwaitPrediction(bench.worker), request)).toEqual(first);
});

const reasons: readonly [FaultRuleInput['fault'], object][] = [
  [
    { type: 'fail', error: 'CUDA out of memory (E1001)' },
    { state: 'failed', type: 'PredictionFailed', reason: 'CUDA out of memory (E1001)', costUsd: 0 },
  ],
  [
    { type: 'refuse' },
    {
      state: 'failed',
      type: 'ContentRejected',
      reason: expect.stringContaining('E005') as string,
      costUsd: 0,
    },
  ],
  [
    { type: 'emptyOutput', value: null },
    {
      state: 'failed',
      type: 'ArtifactMissing',
      reason: 'The host delivered 0 files where 1 was ordered.',
      costUsd: 0.003,
    },
  ],
  [
    { type: 'emptyOutput', value: '' },
    { state: 'failed', type: 'ArtifactMissing', costUsd: 0.003 },
  ],
  [
    { type: 'emptyOutput', value: [] },
    { state: 'failed', type: 'ArtifactMissing', costUsd: 0.003 },
  ],
  [
    { type: 'extraOutput', extra: 1 },
    { state: 'failed', type: 'ArtifactMissing', reason: 'The host delivered 2 files where 1 was ordered.' },
  ],
];

test.each(reasons)(
  'a prediction with the fault %j ends as %j, which is no failure of the activity',
  async (fault, outcome) => {
    bench.standIn.control.setFaults([{ fault }]);
    const { order, request } = await buyEndedStill();

    expect(await lookUntilKnown(request)).toMatchObject(outcome);
    expect((await entryOf(bench.worker, order)).entry.state).toBe('failed');
  },
);

test('a prediction that the host does not know yet is looked at again for a minute', async () => {
  const { request } = await buyEndedStill();
  await bench.standIn.control.reset();

  const failure = await failureOf(
    runActivity(createAwaitPrediction(bench.worker), request, { scheduledTimestampMs: Date.now() - 30_000 }),
  );

  expect(failure).toMatchObject({ type: 'PredictionPending', nonRetryable: false });
});

test('a prediction that the host no longer knows is paid and lost', async () => {
  const { request } = await buyEndedStill();
  await bench.standIn.control.reset();

  const first = await failureOf(runActivity(createAwaitPrediction(bench.worker), request));
  const outcome = await lookUntilKnown(request);

  expect(first).toMatchObject({ type: 'PredictionPending', nonRetryable: false });
  expect(outcome).toMatchObject({ state: 'lost', type: 'PaidAndLost', costUsd: 0.003 });
});

test('a prediction that one server of the host does not know for a while is no lost one', async () => {
  const { request, order } = await buyEndedStill();
  const notFound = { type: 'wrongAnswer', status: 404, contentType: 'application/json', body: '{}' } as const;
  const unknown = { match: { operation: 'get' }, fault: notFound, times: 40 } as const;
  bench.standIn.control.setFaults([unknown]);

  const outcome = await lookUntilKnown(request);

  // The host's list shows it all the while.
  expect(outcome).toMatchObject({ state: 'succeeded' });
  expect((await entryOf(bench.worker, order)).entry.state).toBe('succeeded');
});

test('a prediction whose output is gone is paid and lost, and the reason names the amount', async () => {
  const { request } = await buyEndedStill();
  bench.standIn.control.expire(request.prediction.id);

  const outcome = await lookUntilKnown(request);

  expect(outcome).toMatchObject({ state: 'lost', type: 'PaidAndLost', costUsd: 0.003 });
  expect(outcome).toHaveProperty('reason', expect.stringContaining('$0.003'));
});

test('a prediction that somebody canceled at the host is canceled', async () => {
  bench.standIn.control.setBarrier({});
  const { request } = await buyStill();
  await bench.worker.hosts.get('replicate').cancelPrediction(request.prediction.id);

  const outcome = await runActivity(createAwaitPrediction(bench.worker), request);

  expect(outcome).toMatchObject({ state: 'canceled', type: 'PredictionFailed' });
});

test.each([
  ['serverError', 'ProviderUnavailable'],
  ['throttle', 'ProviderBusy'],
  ['connectionReset', 'ProviderUnavailable'],
  // A key that is being changed must not give up a paid prediction.
  ['unauthorized', 'ProviderUnavailable'],
] as const)('a look that fails with %s is tried again', async (type, failureType) => {
  const { request } = await buyEndedStill();
  bench.standIn.control.setFaults([{ match: { operation: 'get' }, fault: { type } }]);

  const failure = await failureOf(runActivity(createAwaitPrediction(bench.worker), request));

  expect(failure).toMatchObject({ type: failureType, nonRetryable: false });
  expect(await runActivity(createAwaitPrediction(bench.worker), request)).toMatchObject({
    state: 'succeeded',
  });
});

test('a purchase without a record is not retried', async () => {
  const { request } = await buyEndedStill();

  const failure = await failureOf(
    runActivity(createAwaitPrediction(bench.worker), {
      ...request,
      ledgerKey: 'videos/none/ledger/none.json',
    }),
  );

  expect(failure).toMatchObject({ type: 'ArtifactMissing', nonRetryable: true });
});

/** Looks as often as the worker would, until an outcome is believed. */
function lookUntilKnown(request: AwaitRequest): Promise<PredictionOutcome> {
  return until(
    () =>
      runActivity(createAwaitPrediction(bench.worker), request).catch((error: unknown) => {
        expect(error).toMatchObject({ type: 'PredictionPending' });
        return undefined;
      }),
    { what: 'an outcome' },
  );
}

async function buyStill() {
  const order = stillOrder(bench.newVideoId());
  const { ledgerKey, prediction } = await buy(bench.worker, order);
  return { order, request: { ledgerKey, prediction, model: order.model } };
}

async function buyEndedStill() {
  const bought = await buyStill();
  await bench.standIn.control.waitFor({ finished: 1 });
  return bought;
}
