import { createHosts } from '../../activities/providers/hosts.ts';
import { createStoreArtifact } from '../../activities/store-artifact.ts';
import type { TransferProgress } from '../../storage/transfer/transfer-request.ts';
import { png, sha256 } from '../storage/test-files.ts';
import { until } from '../support/until.ts';
import { entryOf, scoreOrder, stillOrder } from './support/purchases.ts';
import { failureOf, startActivity } from './support/run-activity.ts';
import { type ActivityBench, startActivityBench } from './support/start-activity-bench.ts';
import { buyEnded, pathStem, store } from './support/stored-outputs.ts';

const MiB = 1024 * 1024;

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('an output is stored under its purchase, checked, and noted in the ledger', async () => {
  const order = stillOrder(bench.newVideoId());
  const request = await buyEnded(bench, order);

  const artifact = await store(bench, request).result;

  expect(artifact).toMatchObject({ key: `${pathStem(request)}.png`, contentType: 'image/png' });
  expect(await bench.worker.store.hashObject(artifact.key)).toEqual({
    sizeBytes: artifact.sizeBytes,
    sha256: artifact.sha256,
  });
  expect((await entryOf(bench.worker, order)).entry.artifact).toEqual(artifact);
});

test('a second run returns the same and reads nothing from the host', async () => {
  const request = await buyEnded(bench, stillOrder(bench.newVideoId()));
  const first = await store(bench, request).result;
  const { outputRequests, gets } = bench.standIn.control.counters();

  expect(await store(bench, request).result).toEqual(first);

  expect(bench.standIn.control.counters()).toMatchObject({ outputRequests, gets });
});

test('a second run that finds the file but no note of it writes the note', async () => {
  const order = stillOrder(bench.newVideoId());
  const request = await buyEnded(bench, order);
  const first = await store(bench, request).result;
  const held = await entryOf(bench.worker, order);
  await bench.worker.ledger.replace(held, { artifact: undefined });

  expect(await store(bench, request).result).toEqual(first);

  expect((await entryOf(bench.worker, order)).entry.artifact).toEqual(first);
  expect(bench.standIn.control.counters().outputRequests).toBe(1);
});

test('a transfer that trickles says that it lives', async () => {
  const trickle = { type: 'trickleOutput', chunkBytes: 1024, delayMs: 50 } as const;
  bench.standIn.control.setFaults([{ fault: { type: 'bigOutput', sizeMiB: 0.07 } }, { fault: trickle }]);
  const storing = store(bench, await buyEnded(bench, scoreOrder(bench.newVideoId())));

  expect((await storing.result).sizeBytes).toBe(Math.round(0.07 * MiB));

  // 70 pieces take more than 3.5 s; heartbeats are due every 1.5 s.
  expect(storing.heartbeats.length).toBeGreaterThanOrEqual(2);
});

test('a transfer that its worker hands over goes on at its first missing byte', async () => {
  const { control } = bench.standIn;
  control.setFaults([
    { fault: { type: 'bigOutput', sizeMiB: 24 } },
    { match: { nth: 2 }, fault: { type: 'stallOutput', afterBytes: 1000 } },
  ]);
  const request = await buyEnded(bench, scoreOrder(bench.newVideoId()));
  const first = store(bench, request);
  await until(() => first.heartbeats.some(isStored), { what: 'one part of two is stored' });
  first.cancel('WORKER_SHUTDOWN');
  await expect(first.result).rejects.toMatchObject({ name: 'CancelledFailure' });
  const servedBefore = control.counters().bytesServed;

  const second = store(bench, request, { attempt: 2, heartbeatDetails: first.heartbeats.at(-1) });

  expect((await second.result).sizeBytes).toBe(24 * MiB);
  expect(control.counters().bytesServed - servedBefore).toBe(8 * MiB);
  expect(await bench.worker.store.listOpenUploads(pathStem(request))).toEqual([]);
});

test('a transfer that is cancelled leaves its parts to whoever ends the video', async () => {
  bench.standIn.control.setFaults([
    { fault: { type: 'bigOutput', sizeMiB: 24 } },
    { match: { nth: 2 }, fault: { type: 'stallOutput', afterBytes: 1000 } },
  ]);
  const request = await buyEnded(bench, scoreOrder(bench.newVideoId()));
  const storing = store(bench, request);
  await until(() => storing.heartbeats.some(isStored), { what: 'one part of two is stored' });

  storing.cancel('CANCELLED');

  await expect(storing.result).rejects.toMatchObject({ name: 'CancelledFailure' });
  const open = await bench.worker.store.listOpenUploads(pathStem(request));
  expect(open).toHaveLength(1);
  expect(await bench.worker.store.head(`${pathStem(request)}.mp3`)).toBeUndefined();
  for (const { key, uploadId } of open) await bench.worker.store.abortUpload(key, uploadId);
});

/** Whether a heartbeat reports one stored part of two. */
function isStored(details: unknown): boolean {
  return (details as TransferProgress | undefined)?.parts.length === 1;
}

test('an output that ends too early is not stored, and tried again', async () => {
  const fault = { type: 'closeDelimitedTruncation', afterBytes: 600 } as const;
  bench.standIn.control.setFaults([{ fault, times: 'always' }]);
  const request = await buyEnded(bench, stillOrder(bench.newVideoId()));

  const failure = await failureOf(store(bench, request).result);

  expect(failure).toMatchObject({ type: 'ProviderUnavailable', nonRetryable: false });
  expect(await bench.worker.store.head(`${pathStem(request)}.png`)).toBeUndefined();
  bench.standIn.control.setFaults([]);
  expect(await store(bench, request, { attempt: 2 }).result).toMatchObject({ contentType: 'image/png' });
});

test('a broken connection within a file is mended within one attempt', async () => {
  bench.standIn.control.setFaults([{ fault: { type: 'dropOutput', afterBytes: 300 } }]);
  const request = await buyEnded(bench, stillOrder(bench.newVideoId()));

  const artifact = await store(bench, request).result;

  expect((await bench.worker.store.hashObject(artifact.key)).sha256).toBe(artifact.sha256);
});

test('a host that refuses a look gives up no output that is paid for', async () => {
  const request = await buyEnded(bench, stillOrder(bench.newVideoId()));
  bench.standIn.control.setFaults([{ match: { operation: 'get' }, fault: { type: 'unauthorized' } }]);

  expect(await store(bench, request).result).toMatchObject({ contentType: 'image/png' });
});

test.each([
  ['replicate', 'hailuo-image-algeng-data-us.oss-us-east-1.aliyuncs.com'],
  ['minimax', 'replicate.delivery'],
  ['nobody', 'replicate.delivery'],
])('an output of %s is not read from %s, where another host serves', async (host, place) => {
  // Without OUTPUT_HOSTS each host is read from its own servers.
  const worker = await bench.addWorker({ OUTPUT_HOSTS: '' });

  const failure: unknown = await worker.outputTransfers
    .of(host)
    .transferToStore({
      resolveAddress: () => Promise.resolve(`https://${place}/a.png?signature=secret`),
      key: `videos/${bench.newVideoId()}/a.png`,
      expect: { kind: 'picture', maxBytes: 1000, contentTypes: ['image/png'] },
      onProgress: () => undefined,
      signal: new AbortController().signal,
    })
    .catch((error: unknown) => error);

  expect(failure).toMatchObject({ type: 'InvalidRequest' });
  expect(String(failure)).toContain(`Refused to read from ${place}`);
  expect(String(failure)).not.toContain('secret');
});

test('an output that is its own address is stored, and told nowhere', async () => {
  const request = await buyEnded(bench, stillOrder(bench.newVideoId()));
  const bytes = png(2_000);
  const address = `data:image/png;base64,${bytes.toString('base64')}`;
  const status = { state: 'succeeded', outputUrls: [address], dataRemoved: false } as const;
  const host = { ...bench.worker.hosts.get('replicate'), getPrediction: () => Promise.resolve(status) };
  const { outputTransfers } = bench.worker;
  const storing = startActivity(
    createStoreArtifact({ ...bench.worker, hosts: createHosts([host]), transfers: outputTransfers }),
    request,
  );

  const artifact = await storing.result;

  expect(artifact).toMatchObject({ sizeBytes: bytes.byteLength, sha256: sha256(bytes) });
  expect(JSON.stringify([artifact, storing.heartbeats, storing.logs])).not.toContain('data:');
});
