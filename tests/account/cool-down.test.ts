import { randomUUID } from 'node:crypto';

import { createAccountGate } from '../../activities/account/account-gate.ts';
import { freshPace } from '../../activities/account/fresh-pace.ts';
import { createHosts } from '../../activities/providers/hosts.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import { paceKey } from '../../domain/schemas/pace-schema.ts';
import type { OpenDependencies } from '../../workers/create-dependencies.ts';
import { ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { until } from '../support/until.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

/** Two workers of one unused account. */
function twoWorkers() {
  const account = `test-${randomUUID()}`;
  const { store } = bench.worker;
  const hosts = createHosts([{ ...bench.worker.hosts.get('replicate'), account }]);
  const worker = (): OpenDependencies => ({ ...bench.worker, hosts, accounts: createAccountGate(store) });
  return { account, one: worker(), other: worker() };
}

const submit = (worker: OpenDependencies, order = stillOrder(bench.newVideoId())) =>
  runActivity(createSubmitPrediction(worker), order);

/** Submits as Temporal does, with retries after the delay that the failure names. */
function submitInTheEnd(worker: OpenDependencies) {
  const order = stillOrder(bench.newVideoId());
  return until(() => submit(worker, order).catch(() => undefined), { what: 'an order that goes out' });
}

test.each([
  ['with a header', true],
  ['with the time in its body alone', false],
])('after a 429 %s no worker orders from the account until its time is over', async (_how, header) => {
  const { control } = bench.standIn;
  const { one, other } = twoWorkers();
  control.setFaults([{ fault: { type: 'throttle', retryAfterSeconds: 2, header } }]);
  const beforeMs = Date.now();

  const refused = await failureOf(submit(one));
  const order = stillOrder(bench.newVideoId());
  const held = await failureOf(submit(other, order));

  expect(refused).toMatchObject({ type: 'ProviderBusy', nonRetryable: false, nextRetryDelay: 2_000 });
  expect(held).toMatchObject({ type: 'ProviderBusy', nonRetryable: false });
  expect(held.message).toContain('was throttled by its host');
  // The order that had to wait claimed nothing, and nothing reached the host.
  expect(await other.ledger.read(ledgerKeyOf(order))).toBeUndefined();
  expect(control.counters().createRequests).toBe(1);
  await Promise.all([submitInTheEnd(one), submitInTheEnd(other)]);
  const times = control.counters().predictions.map(({ createdAtMs }) => createdAtMs);
  expect(times[0]! - beforeMs).toBeGreaterThanOrEqual(2_000);
  // The second went out by itself, after the period that the host had asked for.
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(1_900);
});

test('an order on an open account reads its pace once and writes nothing', async () => {
  const { account, one } = twoWorkers();
  const calls: string[] = [];
  const { store } = bench.worker;
  const open = { ...freshPace, state: 'open', notBefore: new Date(), acceptedAt: new Date() };
  await store.putJson(paceKey(account), JSON.parse(JSON.stringify(open)));
  const accounts = createAccountGate({
    getJson: (key) => (calls.push(`GET ${key}`), store.getJson(key)),
    putJson: (key, value, condition) => (calls.push(`PUT ${key}`), store.putJson(key, value, condition)),
  });

  await submit({ ...one, accounts });

  expect(calls).toEqual([`GET ${paceKey(account)}`]);
});

test('a purchase that was made before is found while the account cools down', async () => {
  const { one, other } = twoWorkers();
  const order = stillOrder(bench.newVideoId());
  const bought = await submit(one, order);
  bench.standIn.control.setFaults([{ fault: { type: 'throttle', retryAfterSeconds: 60 } }]);
  await failureOf(submit(one));

  expect(await submit(other, order)).toEqual(bought);
});

test('a pace that cannot be read is named, with what to do', async () => {
  const { account, one } = twoWorkers();
  await bench.worker.store.putJson(paceKey(account), { state: 'unheard of' });

  const failure = await failureOf(submit(one));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  expect(failure.message).toContain(`${paceKey(account)} is not a pace`);
});
