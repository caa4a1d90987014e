import { connectS3, type S3Connection } from '../../storage/create-s3-client.ts';
import type { TransferProgress } from '../../storage/transfer/transfer-request.ts';
import { startFrailRoad } from './start-frail-road.ts';
import { partBytes, useTransferBench } from './start-transfer-bench.ts';
import { mp4, sha256 } from './test-files.ts';

const large = mp4(4 * partBytes + 99);
const bench = useTransferBench();

async function overFrailRoad(): Promise<{ s3: S3Connection; cut: () => void }> {
  const { settings } = bench().server.s3;
  const road = await startFrailRoad(settings.endpoint ?? '');
  return { s3: connectS3({ ...settings, endpoint: road.origin }), cut: road.cut };
}

test.each([
  ['by ranges', {}],
  ['in one pass', { ranges: false }],
])('with CRC32 checksums a large file arrives %s', async (_, answer) => {
  const s3 = connectS3({ ...bench().server.s3.settings, checksum: 'crc32' });
  const request = bench().request(bench().source.serve('/crc.mp4', { bytes: large, ...answer }));
  expect((await bench().transferWith({}, s3).transferToStore(request)).sha256).toBe(sha256(large));
  s3.client.destroy();
});

test('a transfer by ranges whose store goes away keeps its parts for the next attempt', async () => {
  const { s3, cut } = await overFrailRoad();
  let last: TransferProgress | undefined;
  const request = bench().request(bench().source.serve('/cut-road.mp4', { bytes: large }), {
    onProgress: (progress) => {
      last = progress;
      if (progress.parts.length === 2) cut();
    },
  });
  const failing = bench().transferWith({ partsAtOnce: 1 }, s3).transferToStore(request);
  await expect(failing).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  s3.client.destroy();
  const next = { ...request, onProgress: () => undefined, resume: last! };
  expect((await bench().transfer.transferToStore(next)).sha256).toBe(sha256(large));
});

test('a single pass whose store goes away fails, and what it left can be abandoned', async () => {
  const { s3, cut } = await overFrailRoad();
  let last: TransferProgress | undefined;
  const stalled = { bytes: large, ranges: false, etag: null, stallAfter: partBytes + 1000 };
  const request = bench().request(bench().source.serve('/cut-pass.mp4', stalled), {
    onProgress: (progress) => {
      last = progress;
      if (progress.uploadId !== undefined) cut();
    },
  });
  // One uploader fails while the other waits up to ten minutes for a silent source.
  const failing = bench().transferWith({ idleTimeoutMs: 600_000 }, s3).transferToStore(request);
  await expect(failing).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  s3.client.destroy();
  expect(await bench().store.head(request.key)).toBeUndefined();
  await bench().transfer.abandonTransfer(last, request.key);
});
