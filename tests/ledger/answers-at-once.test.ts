import { Ledger } from '../../activities/ledger/ledger.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { createAwaitPrediction } from '../../activities/await-prediction.ts';
import { createCancelPredictions } from '../../activities/cancel-predictions.ts';
import { createReconcilePurchase } from '../../activities/reconcile-purchase.ts';
import { createStoreArtifact } from '../../activities/store-artifact.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import type { SubmitRequest } from '../../activities/submit-prediction.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { readLedger } from '../../client/files/read-ledger.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { buy, clipOrder, entryOf, scoreOrder, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, retryActivity, runActivity, startActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { png } from '../storage/test-files.ts';
import { until } from '../support/until.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

const orders = {
  picture: (videoId: string) => stillOrder(videoId, { model: 'minimax-image-01' }),
  music: (videoId: string) => ({ ...scoreOrder(videoId), model: 'minimax-music-2.6' }),
} as const;
const kinds = ['picture', 'music'] as const;

test.each(kinds)(
  'an order of a %s is recorded with its outcome in one write, and its file is fetched',
  async (kind) => {
    const order = orders[kind](bench.newVideoId());

    const bought = await buy(bench.worker, order);
    const recorded = (await entryOf(bench.worker, order)).entry;
    const outcome = await awaitIt(bench, order, bought);
    const storing = startActivity(storeArtifact(bench), { ledgerKey: bought.ledgerKey });
    const artifact = await storing.result;

    expect(recorded).toMatchObject({ state: 'succeeded', predictionId: bought.prediction.id });
    expect(recorded.delivered?.outputUrls).toEqual([expect.stringContaining('/files/')]);
    expect(outcome).toEqual({ state: 'succeeded', costUsd: recorded.highestPriceUsd });
    expect(artifact.sizeBytes).toBeGreaterThan(0);
    expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 1, gets: 0 });
    // The address opens the file, so it is kept only in the ledger, and only while it is needed.
    const told = JSON.stringify([bought, outcome, artifact, storing.heartbeats, storing.logs]);
    expect(told).not.toContain('/files/');
    expect((await entryOf(bench.worker, order)).entry.delivered).toBeUndefined();
  },
);

test('the report of `beatreel ledger` shows no address', async () => {
  const order = orders.picture(bench.newVideoId());
  const { prediction } = await buy(bench.worker, order);
  const files = new FileStore(readS3Settings(process.env));

  const report = await readLedger(files, order.videoId);

  files.close();
  expect(report.purchases).toMatchObject([{ state: 'succeeded', predictionId: prediction.id }]);
  expect(JSON.stringify(report)).not.toContain('/files/');
});

test('a submit that runs again finds the outcome, and orders nothing', async () => {
  const order = orders.picture(bench.newVideoId());
  const first = await buy(bench.worker, order);
  const elsewhere = await bench.addWorker();

  const second = await buy(elsewhere, order);

  expect(second.prediction).toEqual(first.prediction);
  expect(bench.standIn.control.counters().createRequests).toBe(1);
});

test('an answer that nobody gives again is written down although the store is away for a while', async () => {
  const order = orders.picture(bench.newVideoId());
  const { store } = bench.worker;
  let refusals = 3;
  const ledger = new Ledger({
    getJson: (key) => store.getJson(key),
    list: (prefix) => store.list(prefix),
    putJson: (key, value, condition) => {
      const isAnswer = (value as { state: string }).state === 'succeeded';
      if (!isAnswer || (refusals -= 1) < 0) return store.putJson(key, value, condition);
      return Promise.reject(new BeatreelFailure('ProviderUnavailable', 'The store is away.'));
    },
  });

  const bought = await buy({ ...bench.worker, ledger }, order);

  expect(bought.attempts).toBe(1);
  expect(refusals).toBe(-1);
  expect(bench.standIn.control.counters().createRequests).toBe(1);
});

const lost: readonly FaultRuleInput['fault'][] = [
  { type: 'loseReply' },
  { type: 'malformedJson' },
  { type: 'serverError', status: 502, when: 'after' },
];

test.each(kinds.flatMap((kind) => lost.map((fault) => [kind, fault] as const)))(
  'the lost answer to an order of a %s (%j) is a person’s to settle: nothing is ordered again by itself',
  async (kind, fault) => {
    bench.standIn.control.setFaults([{ fault }]);
    const order = orders[kind](bench.newVideoId());

    const failure = await failureOf(retryActivity(createSubmitPrediction(bench.worker), order));
    const again = await failureOf(retryActivity(createSubmitPrediction(bench.worker), order));

    expect([failure.type, again.type]).toEqual(['NeedsReconcile', 'NeedsReconcile']);
    expect(failure.message).toMatch(/minimax has no list to look for it in/);
    expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 1 });
    expect((await entryOf(bench.worker, order)).entry).toMatchObject({ state: 'posting', answerLost: true });
  },
);

test('a person can order again what has no prediction to adopt', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'loseReply' } }]);
  const order = orders.picture(bench.newVideoId());
  await failureOf(retryActivity(createSubmitPrediction(bench.worker), order));
  const [taken] = bench.standIn.control.counters().predictions;
  const decide = createReconcilePurchase(bench.worker);
  const unit = { videoId: order.videoId, unit: order.unit };

  const refusal = await failureOf(
    runActivity(decide, { ...unit, decision: { kind: 'adopt', predictionId: taken?.id ?? '' } }),
  );
  // The lease of this bench ends at once; in production it is ten seconds.
  await retryRefused(() => runActivity(decide, { ...unit, decision: { kind: 'resubmit' } }));
  await buy(bench.worker, order);

  expect(refusal.message).toBe(
    'minimax answers an order of image-01 with its outcome and keeps no prediction to adopt: submit it again, or leave it.',
  );
  expect(bench.standIn.control.counters()).toMatchObject({ creates: 2, createRequests: 2 });
});

test('an order whose poster died is a person’s to settle when its lease is over', async () => {
  const order = orders.music(bench.newVideoId());
  await buy(bench.worker, order);
  const held = await entryOf(bench.worker, order);
  const leaseUntil = new Date(held.storeTime.getTime() - 1_000).toISOString();
  await bench.worker.ledger.replace(held, {
    state: 'posting',
    leaseUntil,
    predictionId: undefined,
    delivered: undefined,
  });

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure.type).toBe('NeedsReconcile');
  expect(bench.standIn.control.counters().createRequests).toBe(1);
});

test.each<[string, FaultRuleInput['fault'], string]>([
  ['the content filter', { type: 'refuse' }, 'ContentRejected'],
  ['an empty account', { type: 'insufficientCredit' }, 'BudgetExceeded'],
  ['a wrong key', { type: 'unauthorized' }, 'CredentialsRejected'],
  ['a wrong input', { type: 'invalid' }, 'InvalidRequest'],
])('an order that %s refuses bought nothing, and says so', async (_by, fault, type) => {
  bench.standIn.control.setFaults([{ fault }]);
  const order = orders.picture(bench.newVideoId());

  const failure = await failureOf(runActivity(createSubmitPrediction(bench.worker), order));

  expect(failure).toMatchObject({ type, nonRetryable: true });
  expect((await entryOf(bench.worker, order)).entry).toMatchObject({ state: 'claimed' });
});

test('an order that is throttled is placed after the delay, once', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'throttle', retryAfterSeconds: 0 } }]);

  const { attempts } = await buy(bench.worker, orders.picture(bench.newVideoId()));

  expect(attempts).toBe(2);
  expect(bench.standIn.control.counters()).toMatchObject({ creates: 1, createRequests: 2 });
});

test('pictures that the host made none of end the take, by the name of the reason', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'fail' } }]);
  const order = orders.picture(bench.newVideoId());

  const ended = await runActivity(createSubmitPrediction(bench.worker), order);

  expect(ended).toMatchObject({
    state: 'ended',
    outcome: { state: 'failed', type: 'ContentRejected', costUsd: 0 },
  });
});

test('an address that has expired is paid and lost, and the reason names the amount', async () => {
  const order = orders.picture(bench.newVideoId());
  const bought = await buy(bench.worker, order);
  const held = await entryOf(bench.worker, order);
  const outputUrls = held.entry.delivered?.outputUrls ?? [];
  await bench.worker.ledger.replace(held, {
    delivered: { outputUrls, expireAt: new Date(Date.now() - 120_000).toISOString() },
  });
  bench.standIn.control.setFaults([{ times: 'always', fault: { type: 'outputError', status: 403 } }]);

  const failure = await until(
    async () => {
      const found = await failureOf(runActivity(storeArtifact(bench), { ledgerKey: bought.ledgerKey }));
      return found.type === 'PaidAndLost' && found;
    },
    { what: 'PaidAndLost' },
  );

  expect(failure).toMatchObject({ type: 'PaidAndLost', nonRetryable: true });
  expect(failure.message).toContain('$0.03');
  expect(failure.message).not.toContain('/files/');
});

test('an address that is refused before its time is tried again', async () => {
  const order = orders.picture(bench.newVideoId());
  const bought = await buy(bench.worker, order);
  bench.standIn.control.setFaults([{ times: 'always', fault: { type: 'outputError', status: 403 } }]);

  const failure = await failureOf(runActivity(storeArtifact(bench), { ledgerKey: bought.ledgerKey }));

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
});

test('footage that runs is past saving when its video is cancelled, and what ended was spent', async () => {
  const { control } = bench.standIn;
  const videoId = bench.newVideoId();
  const firstFrame = await bench.worker.store.putBytes(`videos/${videoId}/stills/b1.png`, png(100), {
    contentType: 'image/png',
  });
  await buy(bench.worker, orders.picture(videoId));
  control.setBarrier({ kind: 'clip' });
  const order = { ...clipOrder(videoId, firstFrame), model: 'minimax-hailuo-02' };
  await buy(bench.worker, order);

  const report = await runActivity(createCancelPredictions(bench.worker), { videoId });

  expect(report).toMatchObject({
    canceled: 0,
    spentUsd: 0.03,
    costUsd: 0.03,
    savedUsd: 0,
    pastSavingUsd: 0.45,
    stillRunning: 1,
  });
  expect(control.counters().cancels).toBe(0);
  // The first frame itself was sent; none of it is in the ledger.
  expect(control.counters().predictions.at(-1)?.input['first_frame_image']).toMatch(
    /^data:image\/png;base64,/,
  );
  expect(JSON.stringify((await entryOf(bench.worker, order)).entry)).not.toContain('base64');
  control.release();
});

test('a worker without a key gives up nothing that is paid for', async () => {
  const order = orders.picture(bench.newVideoId());
  const bought = await buy(bench.worker, order);
  const without = await bench.addWorker({ MINIMAX_BASE_URL: '', MINIMAX_API_KEY: '' });

  const failure = await failureOf(
    runActivity(createAwaitPrediction(without), {
      ledgerKey: bought.ledgerKey,
      prediction: bought.prediction,
      model: order.model,
    }),
  );

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  expect(failure.message).toMatch(/^MINIMAX_API_KEY is not set/);
});

type Bought = Awaited<ReturnType<typeof buy>>;

function awaitIt({ worker }: ActivityBench, { model }: SubmitRequest, { ledgerKey, prediction }: Bought) {
  // Just scheduled, so that the host's "unknown" is not believed yet.
  const info = { scheduledTimestampMs: Date.now() };
  return runActivity(createAwaitPrediction(worker), { ledgerKey, prediction, model }, info);
}

function storeArtifact({ worker }: ActivityBench) {
  return createStoreArtifact({ ...worker, transfers: worker.outputTransfers });
}

/** Retries a decision that is refused while the order may still arrive. */
async function retryRefused(decide: () => Promise<void>): Promise<void> {
  await until(
    () =>
      decide().then(
        () => true,
        (error: unknown) => {
          expect(String(error)).toMatch(/may still arrive/);
          return undefined;
        },
      ),
    { what: 'the order can arrive no more' },
  );
}
