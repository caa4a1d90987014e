import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { createStoreArtifact } from '../../activities/store-artifact.ts';
import type { FaultRuleInput } from '../../workers/dev/stand-in/faults/fault-rule.ts';
import { until } from '../support/until.ts';
import { entryOf, stillOrder } from './support/purchases.ts';
import { failureOf, startActivity } from './support/run-activity.ts';
import { type ActivityBench, startActivityBench } from './support/start-activity-bench.ts';
import { buyEnded, pathStem, store, storeUntil } from './support/stored-outputs.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

const passing: readonly FaultRuleInput['fault'][] = [
  { type: 'htmlOutput' },
  { type: 'outputError', status: 418 },
  { type: 'outputError', status: 400 },
  { type: 'outputError', status: 404 },
];
const lasting: readonly FaultRuleInput['fault'][] = [
  { type: 'wrongType', label: 'honest' },
  { type: 'wrongType', label: 'as-expected' },
];

test.each(passing)(
  'an output that is $type is fetched again, and nothing is stored before it is right',
  async (fault) => {
    bench.standIn.control.setFaults([{ fault, times: 'always' }]);
    const request = await buyEnded(bench, stillOrder(bench.newVideoId()));

    const failure = await failureOf(store(bench, request).result);

    expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
    expect(failure.message).not.toContain('/files/');
    expect(await bench.worker.store.head(`${pathStem(request)}.png`)).toBeUndefined();
    bench.standIn.control.setFaults([]);
    expect(await store(bench, request, { attempt: 2 }).result).toMatchObject({ contentType: 'image/png' });
  },
);

test.each([...passing, ...lasting])(
  'an output that stays $type shows why after some minutes',
  async (fault) => {
    bench.standIn.control.setFaults([{ fault, times: 'always' }]);
    const order = stillOrder(bench.newVideoId());
    const request = await buyEnded(bench, order);

    const failure = await storeUntil(bench, request, 'NotFetched');

    expect(failure).toMatchObject({ type: 'NotFetched', nonRetryable: true });
    expect(failure.message).toMatch(
      /It cost \$0\.003 \(prediction \w+\)\. It is fetched again while the host keeps it/,
    );
    expect(await bench.worker.store.head(`${pathStem(request)}.png`)).toBeUndefined();
    expect((await entryOf(bench.worker, order)).entry).toMatchObject({ doubts: { notFetched: {} } });
  },
);

test('a file that comes after all is stored, and nothing is doubted any more', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'htmlOutput' }, times: 'always' }]);
  const order = stillOrder(bench.newVideoId());
  const request = await buyEnded(bench, order);
  await storeUntil(bench, request, 'NotFetched');
  bench.standIn.control.setFaults([]);

  expect(await store(bench, request).result).toMatchObject({ contentType: 'image/png' });

  expect((await entryOf(bench.worker, order)).entry.doubts).toBeUndefined();
});

test('an output that can be fetched at no time is lost when the retention of its host is over', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'outputError', status: 404 }, times: 'always' }]);
  const order = stillOrder(bench.newVideoId());
  const request = await buyEnded(bench, order);
  await storeUntil(bench, request, 'NotFetched');
  const held = await entryOf(bench.worker, order);
  await bench.worker.ledger.replace(held, { endedAt: new Date(Date.now() - 3_700_000).toISOString() });

  const failure = await failureOf(store(bench, request).result);

  expect(failure).toMatchObject({ type: 'PaidAndLost', nonRetryable: true });
  expect(failure.message).toContain('$0.003');
});

test('a store that refuses us loses no output, however long ago it was made', async () => {
  const order = stillOrder(bench.newVideoId());
  const request = await buyEnded(bench, order);
  await bench.worker.ledger.replace(await entryOf(bench.worker, order), {
    endedAt: '2020-01-01T00:00:00.000Z',
  });
  const refuse = () =>
    Promise.reject(new BeatreelFailure('StoreRefused', 'Writing failed: the object store answered 403.'));
  const refusing = {
    of: () => ({ ...bench.worker.outputTransfers.of('replicate'), transferToStore: refuse }),
  };

  const failure = await until(
    async () => {
      const found = await failureOf(
        startActivity(createStoreArtifact({ ...bench.worker, transfers: refusing }), request).result,
      );
      return found.type === 'NotFetched' && found;
    },
    { what: 'NotFetched' },
  );

  expect(failure.message).toContain('answered 403');
  expect(await store(bench, request).result).toMatchObject({ contentType: 'image/png' });
});

test('an output that the host has removed is paid and lost, and the reason names the amount', async () => {
  const request = await buyEnded(bench, stillOrder(bench.newVideoId()));
  bench.standIn.control.expire(bench.standIn.control.counters().predictions[0]?.id ?? '');

  const failure = await storeUntil(bench, request, 'PaidAndLost');

  expect(failure).toMatchObject({ type: 'PaidAndLost', nonRetryable: true });
  expect(failure.message).toContain('$0.003');
});
