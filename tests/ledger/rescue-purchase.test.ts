import type { HeldEntry } from '../../activities/ledger/ledger.ts';
import { rescuePurchase } from '../../activities/rescue-purchase.ts';
import { ledgerKeyOf, stillOrder } from '../activities/support/purchases.ts';
import type { ActivityBench } from '../activities/support/start-activity-bench.ts';
import { startActivityBench } from '../activities/support/start-activity-bench.ts';
import { draftOf, orderFor } from './support/draft-of.ts';

let bench: ActivityBench;
const { signal } = new AbortController();

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('a file whose order died with its worker is fetched, once no poster can come back to it', async () => {
  const held = await posted({ leaseLeftMs: -1_000, isTaken: true });

  expect(await rescue(held)).toBe('stored');

  const { entry } = (await bench.worker.ledger.read(held.objectKey)) ?? {};
  const [prediction] = bench.standIn.control.counters().predictions;
  expect(entry).toMatchObject({ state: 'succeeded', predictionId: prediction?.id });
  expect((await bench.worker.store.head(entry?.artifact?.key ?? ''))?.sizeBytes).toBe(
    entry?.artifact?.sizeBytes,
  );
  expect(await rescue(held)).toBe('over');
  expect(bench.standIn.control.counters().creates).toBe(1);
});

test.each([
  ['whose poster may come back', { leaseLeftMs: 60_000, isTaken: true }],
  ['that the host did not take', { leaseLeftMs: -1_000, isTaken: false }],
])('an order %s is left as it is', async (_what, choice) => {
  const held = await posted(choice);

  expect(await rescue(held)).toBe('later');

  expect((await bench.worker.ledger.read(held.objectKey))?.entry).toEqual(held.entry);
});

function rescue({ objectKey }: HeldEntry) {
  const dependencies = { ...bench.worker, transfers: bench.worker.outputTransfers };
  return rescuePurchase(dependencies, objectKey, signal);
}

/** An entry that still says `posting`: its worker died before it recorded the answer of the host. */
async function posted({
  leaseLeftMs,
  isTaken,
}: {
  leaseLeftMs: number;
  isTaken: boolean;
}): Promise<HeldEntry> {
  const { ledger } = bench.worker;
  const order = stillOrder(bench.newVideoId());
  const held = await ledger.create(ledgerKeyOf(order), {
    ...draftOf(bench.worker, order),
    state: 'posting',
    nonce: 'of a worker that died',
    claimedAt: new Date(Date.now() - 1_000).toISOString(),
    leaseUntil: new Date(Date.now() + leaseLeftMs).toISOString(),
    marker: { prompt: order.request.prompt, seed: order.request.seed },
  });
  if (!held) throw new Error('The entry was there before.');
  if (isTaken) {
    const { host, request } = orderFor(bench.worker, order, held);
    await host.createPrediction(request);
    await bench.standIn.control.waitFor({ finished: 1 });
  }
  return held;
}
