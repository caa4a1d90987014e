import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import type { SubmitRequest } from '../../activities/submit-prediction.ts';
import type { LedgerEntry } from '../../activities/ledger/ledger-entry.ts';
import { buy, entryOf, ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { draftOf } from './support/draft-of.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('a hint spares the list, and the order is adopted', async () => {
  const order = stillOrder(bench.newVideoId());
  const other = await buy(bench.worker, stillOrder(bench.newVideoId()));
  const entry = await leaveUnanswered(order);
  await bench.worker.hints.record(entry, other.prediction.id);

  const { prediction } = await buy(bench.worker, order);

  expect(prediction.id).toBe(other.prediction.id);
  expect(bench.standIn.control.counters()).toMatchObject({ createRequests: 1, lists: 0 });
});

test('a hint to a prediction that the host does not know counts for nothing', async () => {
  const order = stillOrder(bench.newVideoId());
  const entry = await leaveUnanswered(order);
  await bench.worker.hints.record(entry, 'neverexisted');

  const { prediction } = await buy(bench.worker, order);

  expect(prediction.id).not.toBe('neverexisted');
  expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('a hint to a prediction that was canceled is passed over, because it may be one too many', async () => {
  const { control } = bench.standIn;
  control.setBarrier({});
  const order = stillOrder(bench.newVideoId());
  const canceled = await buy(bench.worker, stillOrder(bench.newVideoId()));
  await bench.worker.hosts.get('replicate').cancelPrediction(canceled.prediction.id);
  const entry = await leaveUnanswered(order);
  await bench.worker.hints.record(entry, canceled.prediction.id);

  const { prediction } = await buy(bench.worker, order);

  expect(prediction.id).not.toBe(canceled.prediction.id);
  expect(control.counters().createRequests).toBe(2);
});

test('a hint to the prediction of another take is passed over', async () => {
  const videoId = bench.newVideoId();
  const first = await buy(bench.worker, stillOrder(videoId));
  const unit = { medium: 'still', beat: 'b1', chunk: 0, take: 1 } as const;
  const second = stillOrder(videoId, { unit });
  const entry = await leaveUnanswered({
    ...second,
    request: { ...second.request, prompt: 'Other words' },
  });
  await bench.worker.hints.record(entry, first.prediction.id);

  const bought = await buy(bench.worker, {
    ...second,
    request: { ...second.request, prompt: 'Other words' },
  });

  expect(bought.prediction.id).not.toBe(first.prediction.id);
});

test.each([
  ['while its webhook may come', 0, { type: 'ProviderUnavailable', nonRetryable: false }],
  ['when no webhook comes any more', 33, { type: 'NeedsReconcile', nonRetryable: true }],
])(
  'an order that nothing tells from others is looked for %s: %i minutes after its lease %j',
  async (_when, minutes, expected) => {
    const order = stillOrder(bench.newVideoId());
    await leaveUnanswered(order, {
      marker: {},
      webhookOrdered: true,
      leaseUntil: new Date(Date.now() - minutes * 60_000 - 5_000).toISOString(),
    });

    expect(await failureOf(runActivity(createSubmitPrediction(bench.worker), order))).toMatchObject(expected);
    expect(bench.standIn.control.counters().createRequests).toBe(0);
  },
);

test('a hint is written once, however often it comes', async () => {
  const entry = await leaveUnanswered(stillOrder(bench.newVideoId()));
  for (const id of ['abc', 'abc', 'def']) await bench.worker.hints.record(entry, id);

  expect(await bench.worker.hints.of(entry)).toEqual(['abc', 'def']);
});

/** Leaves an order that may have been posted by a dead worker. */
async function leaveUnanswered(
  order: SubmitRequest,
  changes: Partial<LedgerEntry> = {},
): Promise<LedgerEntry> {
  await bench.worker.ledger.create(ledgerKeyOf(order), {
    ...draftOf(bench.worker, order),
    state: 'posting',
    nonce: 'of a worker that died',
    claimedAt: new Date().toISOString(),
    leaseUntil: new Date(Date.now() - 5_000).toISOString(),
    marker: { prompt: order.request.prompt, seed: order.request.seed },
    ...changes,
  });
  return (await entryOf(bench.worker, order)).entry;
}
