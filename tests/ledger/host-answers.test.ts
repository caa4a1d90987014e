import { Ledger } from '../../activities/ledger/ledger.ts';
import type { LedgerEntry } from '../../activities/ledger/ledger-entry.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { buy, entryOf, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, retryActivity, runActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

interface Bought {
  readonly answer: string;
  readonly fault: FaultRuleInput['fault'];
  /** The POSTs that it needs. */
  readonly requests: number;
}

/** A JSON answer with another status, or with missing fields. */
function wrong(status: number, body: object, when: 'before' | 'after'): FaultRuleInput['fault'] {
  return { type: 'wrongAnswer', status, contentType: 'application/json', body: JSON.stringify(body), when };
}

/** Answers after which the purchase succeeds, with one create each and no needless POST. */
const bought: readonly Bought[] = [
  { answer: '429 with a header', fault: { type: 'throttle', retryAfterSeconds: 0 }, requests: 2 },
  {
    answer: '429 with the time in the body',
    fault: { type: 'throttle', retryAfterSeconds: 1, header: false },
    requests: 2,
  },
  { answer: '500 before it took the order', fault: { type: 'serverError' }, requests: 2 },
  { answer: '500 after it took the order', fault: { type: 'serverError', when: 'after' }, requests: 1 },
  {
    answer: '503 by a gateway, in HTML, the order taken',
    fault: { type: 'wrongAnswer', status: 503 },
    requests: 1,
  },
  { answer: 'a reset before it took the order', fault: { type: 'connectionReset' }, requests: 2 },
  { answer: 'a reset after it took the order', fault: { type: 'loseReply' }, requests: 1 },
  { answer: '200 in HTML, the order taken', fault: { type: 'wrongAnswer' }, requests: 1 },
  {
    answer: '200 in HTML, the order not taken',
    fault: { type: 'wrongAnswer', when: 'before' },
    requests: 2,
  },
  {
    answer: '200 with an error in it, the order not taken',
    fault: wrong(200, { error: 'Something went wrong.' }, 'before'),
    requests: 2,
  },
  { answer: 'half a JSON, the order taken', fault: { type: 'malformedJson' }, requests: 1 },
];

test.each(bought)('one still is bought when the host answers $answer', async ({ fault, requests }) => {
  const { control } = bench.standIn;
  control.setFaults([{ fault }]);
  const order = stillOrder(bench.newVideoId());

  const { prediction } = await buy(bench.worker, order);

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: requests });
  expect((await entryOf(bench.worker, order)).entry).toMatchObject({
    state: 'submitted',
    predictionId: prediction.id,
  });
});

test.each<[string, FaultRuleInput['fault'], string]>([
  ['401', { type: 'unauthorized' }, 'CredentialsRejected'],
  ['402', { type: 'insufficientCredit' }, 'BudgetExceeded'],
  ['404', wrong(404, { detail: 'No such model.' }, 'before'), 'InvalidRequest'],
  ['422', { type: 'invalid' }, 'InvalidRequest'],
])('nothing is bought, and the order may be placed again, after %s', async (_status, fault, type) => {
  const { control } = bench.standIn;
  control.setFaults([{ fault }]);
  const order = stillOrder(bench.newVideoId());

  const failure = await failureOf(retryActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type, nonRetryable: true });
  expect(control.counters()).toMatchObject({ creates: 0, createRequests: 1 });
  expect((await entryOf(bench.worker, order)).entry.state).toBe('claimed');
  // The fault is mended.
  await buy(bench.worker, order);
  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 2 });
});

test('an answer that does not come in time is an order that is looked for, not one that is repeated', async () => {
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'delayReply', seconds: 25, when: 'after' } }]);

  await buy(bench.worker, stillOrder(bench.newVideoId()));

  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('a key that is refused while a lost order is looked for does not make the order one that was not taken', async () => {
  const { control } = bench.standIn;
  control.setFaults([
    { fault: { type: 'loseReply' } },
    { match: { operation: 'list' }, times: 2, fault: { type: 'unauthorized' } },
  ]);
  const order = stillOrder(bench.newVideoId());

  const { attempts } = await buy(bench.worker, order);

  // Lost, refused twice, found.
  expect(attempts).toBe(4);
  expect(control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});

test('a store that refuses the note of an order does not make the order one that was not taken', async () => {
  const order = stillOrder(bench.newVideoId());
  const { store } = bench.worker;
  let refusals = 1;
  const ledger = new Ledger({
    getJson: (key) => store.getJson(key),
    list: (prefix) => store.list(prefix),
    putJson: async (key, value, condition) => {
      if ((value as LedgerEntry).state === 'submitted' && refusals > 0) {
        refusals -= 1;
        throw new BeatreelFailure('CredentialsRejected', 'Writing the entry failed: the store answered 403.');
      }
      return store.putJson(key, value, condition);
    },
  });

  const failure = await failureOf(runActivity(createSubmitPrediction({ ...bench.worker, ledger }), order));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  await buy(bench.worker, order);
  expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
});
