import { randomUUID } from 'node:crypto';

import { Ledger } from '../../activities/ledger/ledger.ts';
import type { LedgerEntry } from '../../activities/ledger/ledger-entry.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import { buy, entryOf, ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { draftOf } from './support/draft-of.ts';
import type { ForgetfulRoad } from './support/start-forgetful-road.ts';
import { startForgetfulRoad } from './support/start-forgetful-road.ts';

let bench: ActivityBench;
let road: ForgetfulRoad;

beforeAll(async () => {
  road = await startForgetfulRoad(process.env['S3_ENDPOINT'] ?? '');
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(async () => {
  await bench.close();
  await road.stop();
});

test('a write whose answer was lost is known as our own, at every step of a purchase', async () => {
  const worker = await bench.addWorker({ S3_ENDPOINT: road.origin });
  const order = stillOrder(bench.newVideoId());
  // The writes of claimed, posting and submitted each lose their answer, are repeated, and conflict.
  let writes = 0;
  road.loseAnswers(3, (key) => key.includes(order.videoId) && writes++ % 2 === 0);

  const { attempts, prediction } = await buy(worker, order);

  expect(road.lost()).toBe(3);
  expect(attempts).toBe(1);
  expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 1, cancels: 0 });
  expect((await entryOf(worker, order)).entry).toMatchObject({
    state: 'submitted',
    predictionId: prediction.id,
  });
});

test("somebody else's write is not taken for our own", async () => {
  const order = stillOrder(bench.newVideoId());
  const { ledger } = bench.worker;
  const claim = () => ({
    ...draftOf(bench.worker, order),
    state: 'claimed' as const,
    nonce: randomUUID(),
    claimedAt: new Date().toISOString(),
  });

  const first = await ledger.create(ledgerKeyOf(order), claim());

  expect(first?.entry.state).toBe('claimed');
  expect(await ledger.create(ledgerKeyOf(order), claim())).toBeUndefined();
  const stolen = await ledger.replace(first!, { nonce: 'mine' });
  expect(stolen?.entry.nonce).toBe('mine');
  expect(await ledger.replace(first!, { nonce: 'theirs' })).toBeUndefined();
});

/** A store that answers 409 without another write, this many times for each state. */
function busyStore(times: number): Ledger {
  const left = new Map<string, number>();
  const { store } = bench.worker;
  return new Ledger({
    ...store,
    putJson: (key, value, condition) => {
      const { state } = value as LedgerEntry;
      const more = left.get(state) ?? times;
      left.set(state, more - 1);
      return more > 0 ? Promise.resolve('conflict') : store.putJson(key, value, condition);
    },
  });
}

test('a 409 of writes that met is no write of somebody else: nothing is canceled, and the order stands', async () => {
  const order = stillOrder(bench.newVideoId());
  const ledger = busyStore(2);

  const bought = await runActivity(createSubmitPrediction({ ...bench.worker, ledger }), order);

  expect(bought).toMatchObject({ state: 'submitted' });
  expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, cancels: 0 });
  expect((await entryOf(bench.worker, order)).entry).toMatchObject({ state: 'submitted' });
});

test('a store that never stops answering 409 fails the attempt, which is tried again', async () => {
  const failure = await failureOf(
    runActivity(
      createSubmitPrediction({ ...bench.worker, ledger: busyStore(1000) }),
      stillOrder(bench.newVideoId()),
    ),
  );

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  expect(bench.standIn.control.counters().creates).toBe(0);
});
