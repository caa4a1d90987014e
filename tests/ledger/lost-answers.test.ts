import { setTimeout as sleep } from 'node:timers/promises';

import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { createHosts } from '../../activities/providers/hosts.ts';
import { LostAnswer } from '../../activities/providers/lost-answer.ts';
import type { ModelHost } from '../../activities/providers/model-host.ts';
import type { ArtifactRef } from '../../domain/artifact.ts';
import {
  buy,
  clipOrder,
  entryOf,
  ledgerKeyOf,
  scoreOrder,
  stillOrder,
} from '../activities/support/purchases.ts';
import { failureOf, runActivity, startActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { png } from '../storage/test-files.ts';
import { draftOf } from './support/draft-of.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

const accepted: FaultRuleInput['fault'][] = [
  { type: 'loseReply' },
  { type: 'malformedJson' },
  { type: 'serverError', status: 502, when: 'after' },
];

test.each(accepted)(
  'an order whose answer was lost to $type is found at the host and adopted',
  async (fault) => {
    const { control } = bench.standIn;
    control.setFaults([{ fault }]);
    const order = stillOrder(bench.newVideoId());

    const { prediction, attempts } = await buy(bench.worker, order);

    expect(attempts).toBe(2);
    expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
    expect(prediction.id).toBe(control.counters().predictions[0]?.id);
    expect((await entryOf(bench.worker, order)).entry).toMatchObject({
      state: 'submitted',
      predictionId: prediction.id,
    });
  },
);

test('a lost order of a clip without a seed is known by its first frame', async () => {
  const { control } = bench.standIn;
  const videoId = bench.newVideoId();
  control.setFaults([{ fault: { type: 'loseReply' } }]);

  await buy(bench.worker, clipOrder(videoId, await storeFrame(videoId)));

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('a lost order of a score is adopted', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'loseReply' } }]);

  await buy(bench.worker, scoreOrder(bench.newVideoId()));

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

const refused: FaultRuleInput['fault'][] = [
  { type: 'connectionReset' },
  { type: 'serverError', status: 500, when: 'before' },
];

test.each(refused)('an order that $type kept from the host is posted once more', async (fault) => {
  const { control } = bench.standIn;
  control.setFaults([{ fault }]);
  const order = stillOrder(bench.newVideoId());

  await buy(bench.worker, order);

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 2 });
});

test('a host that is slow to list an order does not get it twice', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'loseReply' } }, { fault: { type: 'listLag', seconds: 0.5 } }]);

  await buy(bench.worker, stillOrder(bench.newVideoId()));

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('an order that arrives at the host after its answer was given up is not placed again', async () => {
  const { control } = bench.standIn;
  const order = stillOrder(bench.newVideoId());
  const host = { ...bench.worker.hosts.get('replicate'), lateArrivalMs: 5_000 };
  let arriving: Promise<unknown> = Promise.resolve();
  const slowRoad: ModelHost = {
    ...host,
    createPrediction: (request) => {
      arriving = sleep(1_500).then(() => host.createPrediction(request));
      return Promise.reject(new LostAnswer('Ordering: no answer.', undefined));
    },
  };

  const { attempts } = await buy({ ...bench.worker, hosts: createHosts([slowRoad]) }, order);
  await arriving;

  expect(attempts).toBeGreaterThan(2);
  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('an order of a worker that died after posting is found once its lease has ended', async () => {
  const { control } = bench.standIn;
  const order = stillOrder(bench.newVideoId());
  control.setFaults([{ fault: { type: 'loseReply' } }]);
  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));
  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  await endLease(order);

  const { attempts } = await buy(bench.worker, order);

  expect(attempts).toBe(1);
  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('an order by a machine whose clock is wrong is found all the same', async () => {
  const { control } = bench.standIn;
  const order = stillOrder(bench.newVideoId());
  control.setFaults([{ fault: { type: 'loseReply' } }]);
  await failureOf(runActivity(createSubmitPrediction(bench.worker), order));
  const anHourAhead = new Date(Date.now() + 3_600_000).toISOString();
  await bench.worker.ledger.replace(await entryOf(bench.worker, order), { claimedAt: anHourAhead });

  await buy(bench.worker, order);

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

/** A host whose clock, and so the times in its list, are ahead of ours. */
function withClockAhead(aheadMs: number, isKnown: boolean): ModelHost {
  const host = bench.worker.hosts.get('replicate');
  return {
    ...host,
    clockAheadMs: () => (isKnown ? aheadMs : undefined),
    listRecent: (since, signal) => host.listRecent(new Date(since.getTime() - aheadMs), signal),
  };
}

test.each([
  [-1200, true],
  [1200, true],
  [-840, false],
  [840, false],
])('an order is found at a host whose clock is %i s ahead (known: %s)', async (aheadSeconds, isKnown) => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'loseReply' } }]);
  const hosts = createHosts([withClockAhead(aheadSeconds * 1000, isKnown)]);

  await buy({ ...bench.worker, hosts }, stillOrder(bench.newVideoId()));

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('a list that lags longer than the order took is read again before the order is called absent', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'loseReply' } }, { fault: { type: 'listLag', seconds: 3 } }]);
  const host = { ...bench.worker.hosts.get('replicate'), listSettlingMs: 5_000 };

  await buy({ ...bench.worker, hosts: createHosts([host]) }, stillOrder(bench.newVideoId()));

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('an order that nothing tells from others waits for a person', async () => {
  const { control } = bench.standIn;
  const order = stillOrder(bench.newVideoId());
  const { ledger } = bench.worker;
  await ledger.create(ledgerKeyOf(order), {
    ...draftOf(bench.worker, order),
    state: 'posting',
    nonce: 'of a worker that died',
    claimedAt: new Date().toISOString(),
    leaseUntil: new Date(Date.now() - 5_000).toISOString(),
    marker: {},
  });

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type: 'NeedsReconcile', nonRetryable: true });
  expect(failure.message).toContain(ledgerKeyOf(order));
  expect(control.counters().createRequests).toBe(0);
});

test('an order that may be one whose words the host has removed waits for a person', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'loseReply' } }]);
  const order = stillOrder(bench.newVideoId());
  await failureOf(runActivity(createSubmitPrediction(bench.worker), order));
  await control.waitFor({ finished: 1 });
  control.expire(control.counters().predictions[0]?.id ?? '');

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type: 'NeedsReconcile', nonRetryable: true });
  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('an order of another video with the same seed and other words is not taken for ours', async () => {
  const { control } = bench.standIn;
  const mine = stillOrder(bench.newVideoId());
  const theirs = stillOrder(bench.newVideoId());
  const seed = 42;
  const other = await buy(bench.worker, { ...theirs, request: { ...theirs.request, seed } });
  control.setFaults([{ fault: { type: 'connectionReset' } }]);

  const bought = await buy(bench.worker, { ...mine, request: { ...mine.request, seed } });

  expect(bought.prediction.id).not.toBe(other.prediction.id);
  expect(control.counters().creates).toBe(2);
});

test('an earlier take that ordered the very same is not taken for ours', async () => {
  const { control, origin } = bench.standIn;
  // With a public bucket, all takes of a clip have the same first frame under one address.
  const worker = await bench.addWorker({ S3_PUBLIC_ENDPOINT: origin });
  const videoId = bench.newVideoId();
  const frame = await storeFrame(videoId);
  const first = await buy(worker, clipOrder(videoId, frame, 0));
  control.setFaults([{ fault: { type: 'connectionReset' } }]);

  const second = await buy(worker, clipOrder(videoId, frame, 1));

  expect(second.prediction.id).not.toBe(first.prediction.id);
  expect(control.counters().creates).toBe(2);
});

test('a question mark in a prompt does not hide an order', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'loseReply' } }]);
  const order = stillOrder(bench.newVideoId());

  await buy(bench.worker, { ...order, request: { ...order.request, prompt: 'Is it a lamp? It is.' } });

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('a cancellation while a lost order is looked for posts nothing', async () => {
  const { control } = bench.standIn;
  const order = stillOrder(bench.newVideoId());
  control.setFaults([{ fault: { type: 'connectionReset' } }]);
  await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  const looking = startActivity(createSubmitPrediction(bench.worker), order, { attempt: 2 });
  while (control.counters().lists === 0) await new Promise(setImmediate);
  looking.cancel('CANCELLED');

  await expect(looking.result).rejects.toMatchObject({ name: 'CancelledFailure' });
  expect(control.counters().createRequests).toBe(1);
});

function storeFrame(videoId: string): Promise<ArtifactRef> {
  return bench.worker.store.putBytes(`videos/${videoId}/stills/b1.png`, png(500), {
    contentType: 'image/png',
  });
}

/** Ends the lease, as time would. */
async function endLease(order: ReturnType<typeof stillOrder>): Promise<void> {
  const held = await entryOf(bench.worker, order);
  const leaseUntil = new Date(held.storeTime.getTime() - 1_000).toISOString();
  await bench.worker.ledger.replace(held, { leaseUntil });
}
