import { randomInt } from 'node:crypto';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { type FrailRoad, startFrailRoad } from './start-frail-road.ts';
import { partBytes, useTransferBench } from './start-transfer-bench.ts';
import { mp4, sha256 } from './test-files.ts';

const large = mp4(3 * partBytes + 99);
/** Places of death: in the first bytes, inside parts, at their seams, near the end, and at random. */
const offsets = [31, 1_234_567, partBytes, 2 * partBytes + 3_141_592, 3 * partBytes + 50].concat(
  Array.from({ length: 5 }, () => randomInt(large.byteLength - 1)),
);
const bench = useTransferBench();

test.each(offsets)('a source that dies once, at byte %i of the file, is read to the end', async (offset) => {
  let died = false;
  const address = bench().source.serve(`/dies-${offset}.mp4`, ({ range }) => {
    const [, start = 0, end = 0] = (/^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []).map(Number);
    if (died || offset < start || offset > end) return { bytes: large };
    died = true;
    return { bytes: large, dropAfter: offset - start };
  });
  const request = bench().request(address);
  const ref = await bench().transfer.transferToStore(request);
  expect(died).toBe(true);
  expect(ref.sha256).toBe(sha256(large));
  expect((await bench().store.hashObject(request.key)).sha256).toBe(ref.sha256);
});

test.each(offsets)('a store that dies at byte %i gets that part again, and no other', async (offset) => {
  const { settings } = bench().server.s3;
  const road: FrailRoad = await startFrailRoad(settings.endpoint ?? '');
  const s3 = connectS3({ ...settings, endpoint: road.origin });
  const dyingPart = Math.floor(offset / partBytes);
  let deaths = 0;
  const address = bench().source.serve(`/store-dies-${offset}.mp4`, ({ range }) => {
    const start = Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1]);
    if (deaths > 0 || start !== dyingPart * partBytes) return { bytes: large };
    deaths += 1;
    // The connection breaks after the first bytes, and is mended at once.
    setImmediate(() => {
      road.cut();
      void road.mend();
    });
    return { bytes: large };
  });
  const request = bench().request(address);
  const ref = await bench().transferWith({ partsAtOnce: 1, reconnects: 8 }, s3).transferToStore(request);
  s3.client.destroy();
  road.cut();
  expect(ref.sha256).toBe(sha256(large));
  expect((await bench().store.hashObject(request.key)).sha256).toBe(ref.sha256);
  const again = bench().source.hits.filter(({ path }) => path === `/store-dies-${offset}.mp4`).length - 4;
  expect(again).toBeLessThanOrEqual(1);
});

test.each([
  ['by ranges', {}],
  ['in one pass', { ranges: false }],
])('%s, a byte now and then is too little, however long it goes on', async (_, answer) => {
  const address = bench().source.serve('/trickles.mp4', { bytes: large, trickleMs: 20, ...answer });
  const limits = { minBytesPerSecond: 1024, rateWindowMs: 100, reconnects: 0 };
  const transfer = bench().transferWith(limits);
  const request = bench().request(address);
  await expect(transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringMatching(/bytes a second; at least 1024/) as string,
  });
  await transfer.abandonTransfer(undefined, request.key);
});

test('an attempt that takes too long in all ends with its reason, and the next goes on', async () => {
  const address = bench().source.serve('/endless.mp4', ({ index }) =>
    index === 2 ? { bytes: large, stallAfter: 10 } : { bytes: large },
  );
  const request = bench().request(address);
  const attempt = bench().transferWith({ totalTimeoutMs: 1500, partsAtOnce: 1 }).transferToStore(request);
  await expect(attempt).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringContaining('longer than 1.5 s') as string,
  });
  const resume = request.progress.at(-1);
  const next = { ...request, ...(resume && { resume }) };
  expect((await bench().transfer.transferToStore(next)).sha256).toBe(sha256(large));
});

test.each([
  ['401', 401],
  ['403', 403],
])('an address that answers %s also when it is fresh is tried by the next attempt', async (_, status) => {
  const address = bench().source.serve('/closed.mp4', { bytes: Buffer.from('no'), status });
  const request = bench().request(address);
  await expect(bench().transferWith({ reconnects: 0 }).transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
});
