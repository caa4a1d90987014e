import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { buy, entryOf, ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import { claimPurchase } from '../../activities/ledger/claim-purchase.ts';
import { postPurchase } from '../../activities/ledger/post-purchase.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import { until } from '../support/until.ts';
import { draftOf, orderFor } from './support/draft-of.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('exactly one of ten claimers at once posts', async () => {
  const order = stillOrder(bench.newVideoId());
  const objectKey = ledgerKeyOf(order);
  const { ledger } = bench.worker;

  const claims = await Promise.allSettled(
    Array.from({ length: 10 }, () =>
      claimPurchase(ledger, { objectKey, draft: draftOf(bench.worker, order) }),
    ),
  );
  const mine = claims.flatMap((claim) =>
    claim.status === 'fulfilled' && claim.value.kind === 'mine' ? [claim.value.held] : [],
  );
  const posts = await Promise.allSettled(
    mine.map((held) => postPurchase(ledger, orderFor(bench.worker, order, held))),
  );

  expect(mine.length).toBeGreaterThan(0);
  expect(posts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(bench.standIn.control.counters().createRequests).toBe(1);
});

test('two workers that submit the same order at once buy it once', async () => {
  const other = await bench.addWorker();
  for (let round = 0; round < 3; round += 1) {
    const order = stillOrder(bench.newVideoId());
    const before = bench.standIn.control.counters().createRequests;

    const [one, two] = await Promise.all([buy(bench.worker, order), buy(other, order)]);

    expect(one.prediction).toEqual(two.prediction);
    expect(bench.standIn.control.counters().createRequests - before).toBe(1);
  }
});

test('a claim that was stolen is not posted by its first holder', async () => {
  const order = stillOrder(bench.newVideoId());
  const { ledger } = bench.worker;
  const draft = draftOf(bench.worker, order);
  const first = await claimPurchase(ledger, { objectKey: ledgerKeyOf(order), draft });
  const second = await claimPurchase(ledger, { objectKey: ledgerKeyOf(order), draft });
  if (first.kind !== 'mine' || second.kind !== 'mine') throw new Error('Both should have claimed.');

  const posting = postPurchase(ledger, orderFor(bench.worker, order, first.held));

  await expect(posting).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  expect(bench.standIn.control.counters().createRequests).toBe(0);
  const posted = await postPurchase(ledger, orderFor(bench.worker, order, second.held));
  expect(posted.entry).toMatchObject({ state: 'submitted', predictionId: expect.any(String) as string });
});

test('an order that may be on its way is untouchable until its lease ends', async () => {
  const order = stillOrder(bench.newVideoId());
  const { control } = bench.standIn;
  control.setFaults([{ fault: { type: 'delayReply', seconds: 1.5, when: 'before' } }]);
  const posting = buy(bench.worker, order);
  await until(async () => (await bench.worker.ledger.read(ledgerKeyOf(order)))?.entry.state === 'posting', {
    what: 'the order is on its way',
  });

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  // The lease is the POST's 20 s and a margin of 10 s; meanwhile the order is only looked for.
  const leaseMs = Number(/its lease ends in (\d+) ms/.exec(failure.message)?.[1]);
  expect(leaseMs).toBeGreaterThan(20_000);
  expect(leaseMs).toBeLessThanOrEqual(31_100);
  expect(failure.nextRetryDelay).toBe(1_000);
  const { prediction } = await posting;
  expect(await buy(bench.worker, order)).toMatchObject({ attempts: 1, prediction });
  expect(control.counters().createRequests).toBe(1);
});

test('a repeated attempt does not buy again', async () => {
  const order = stillOrder(bench.newVideoId());

  const first = await buy(bench.worker, order);
  const second = await buy(await bench.addWorker(), order);

  expect(second).toEqual(first);
  expect(bench.standIn.control.counters().creates).toBe(1);
});

test('the entry of a purchase says what was ordered, in words a person can read, and no address', async () => {
  const order = stillOrder(bench.newVideoId());

  const { prediction, predictionKey } = await buy(bench.worker, order);

  const { entry, objectKey } = await entryOf(bench.worker, order);
  expect(objectKey).toBe(`videos/${order.videoId}/ledger/still-b1-t0-${predictionKey.slice(0, 16)}.json`);
  expect(entry).toMatchObject({
    state: 'submitted',
    predictionId: prediction.id,
    predictionKey,
    model: 'flux-schnell',
    hostModel: 'black-forest-labs/flux-schnell',
    prompt: order.request.prompt,
    highestPriceUsd: 0.003,
  });
  expect(JSON.stringify(entry)).not.toContain('http');
});
