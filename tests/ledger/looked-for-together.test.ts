import { createHosts } from '../../activities/providers/hosts.ts';
import type { ModelHost } from '../../activities/providers/model-host.ts';
import { shareList } from '../../activities/providers/shared-list.ts';
import { createSubmitPrediction } from '../../activities/submit-prediction.ts';
import { buy, stillOrder } from '../activities/support/purchases.ts';
import { failureOf, runActivity } from '../activities/support/run-activity.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { until } from '../support/until.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
afterAll(() => bench.close());

test('orders that are looked for at once share one reading of the list', async () => {
  const { control } = bench.standIn;
  let [asked, readings] = [0, 0];
  const host = bench.worker.hosts.get('replicate');
  const shared = shareList({
    ...host,
    async *listRecent(since: Date, signal?: AbortSignal) {
      readings += 1;
      // The first reading lasts until all have asked; those that asked meanwhile share the next one.
      await until(() => asked === 12, { what: 'twelve look for their orders' });
      yield* host.listRecent(since, signal);
    },
  });
  const asking: ModelHost = {
    ...shared,
    listRecent: (since, signal) => {
      asked += 1;
      return shared.listRecent(since, signal);
    },
  };
  const hosts = createHosts([asking]);
  control.setFaults([{ times: 12, fault: { type: 'loseReply' } }]);
  const videoId = bench.newVideoId();
  const first = stillOrder(videoId);
  const orders = Array.from({ length: 12 }, (_none, index) => ({
    ...first,
    unit: { ...first.unit, beat: `b${index + 1}` },
    request: { ...first.request, seed: 100 + index },
  }));
  await Promise.all(
    orders.map((order) => failureOf(runActivity(createSubmitPrediction({ ...bench.worker, hosts }), order))),
  );

  const bought = await Promise.all(orders.map((order) => buy({ ...bench.worker, hosts }, order)));

  expect(new Set(bought.map(({ prediction }) => prediction.id)).size).toBe(12);
  expect(control.counters()).toMatchObject({ creates: 12, createRequests: 12 });
  expect(readings).toBe(2);
});
