import { listParts } from '../../storage/multipart-upload.ts';
import type { TransferProgress } from '../../storage/transfer/transfer-request.ts';
import { partBytes, useTransferBench, type BenchRequest } from './start-transfer-bench.ts';
import { mp4, sha256 } from './test-files.ts';

const large = mp4(4 * partBytes + 99);
const bench = useTransferBench();
let served = 0;

/** Runs a transfer until two parts are stored, then shuts its worker down. */
async function interrupt(
  etag = '"v1"',
): Promise<{ request: BenchRequest; path: string; progress: TransferProgress }> {
  served += 1;
  const path = `/resumed-${served}.mp4`;
  const shutdown = new AbortController();
  let last: TransferProgress | undefined;
  const request = bench().request(bench().source.serve(path, { bytes: large, etag }), {
    signal: shutdown.signal,
    keepOnAbort: () => true,
    onProgress: (progress) => {
      last = progress;
      if (progress.parts.length === 2) shutdown.abort(new Error('the worker shuts down'));
    },
  });
  const transfer = bench().transferWith({ partsAtOnce: 1 });
  await expect(transfer.transferToStore(request)).rejects.toThrow('the worker shuts down');
  if (last === undefined) throw new Error('No progress was reported.');
  return { request, path, progress: last };
}

/** The same request as another worker would make it. */
function nextAttempt({
  request,
  progress,
}: {
  request: BenchRequest;
  progress: TransferProgress;
}): BenchRequest {
  return { ...request, resume: progress, signal: new AbortController().signal };
}

function hitsOf(path: string) {
  return bench().source.hits.filter((hit) => hit.path === path);
}

test('the next attempt reads only the parts that are missing', async () => {
  const first = await interrupt();
  const before = hitsOf(first.path).length;
  const ref = await bench().transfer.transferToStore(nextAttempt(first));
  expect(ref).toMatchObject({ sha256: sha256(large), sizeBytes: large.byteLength, contentType: 'video/mp4' });
  const ranges = hitsOf(first.path)
    .slice(before)
    .map(({ range }) => range);
  expect(ranges.sort()).toEqual([
    `bytes=${2 * partBytes}-${3 * partBytes - 1}`,
    `bytes=${3 * partBytes}-${4 * partBytes - 1}`,
    `bytes=${4 * partBytes}-${large.byteLength - 1}`,
  ]);
});

test('the store decides which parts there are, not the progress', async () => {
  const first = await interrupt();
  const parts = await listParts(bench().server.s3, {
    key: first.request.key,
    uploadId: first.progress.uploadId!,
  });
  const lies = {
    ...first.progress,
    parts: [...first.progress.parts, { partNumber: 3, etag: '"x"', sizeBytes: partBytes }],
  };
  const ref = await bench().transfer.transferToStore(nextAttempt({ ...first, progress: lies }));
  expect(parts).toHaveLength(2);
  expect(ref.sha256).toBe(sha256(large));
});

test('a stored part of another size is read again', async () => {
  const first = await interrupt();
  const { uploadPart } = await import('../../storage/multipart-upload.ts');
  await uploadPart(bench().server.s3, {
    key: first.request.key,
    uploadId: first.progress.uploadId!,
    partNumber: 2,
    sizeBytes: 11,
    body: Buffer.from('half a part'),
    signal: new AbortController().signal,
  });
  expect((await bench().transfer.transferToStore(nextAttempt(first))).sha256).toBe(sha256(large));
});

test('a file that changed between two attempts is begun anew', async () => {
  const first = await interrupt('"v1"');
  const other = mp4(large.byteLength, 5);
  bench().source.serve(first.path, { bytes: other, etag: '"v2"' });
  expect((await bench().transfer.transferToStore(nextAttempt(first))).sha256).toBe(sha256(other));
});

test('an upload the store has forgotten is begun anew', async () => {
  const first = await interrupt();
  await bench().store.abortUpload(first.request.key, first.progress.uploadId!);
  expect((await bench().transfer.transferToStore(nextAttempt(first))).sha256).toBe(sha256(large));
});

test('an expired address is renewed when a transfer goes on', async () => {
  const first = await interrupt();
  bench().source.serve(first.path, { bytes: Buffer.from('expired'), status: 403 });
  const fresh = bench().source.serve(`${first.path}-fresh`, { bytes: large, etag: '"v1"' });
  let asked = 0;
  const request: BenchRequest = {
    ...nextAttempt(first),
    resolveAddress: () => {
      asked += 1;
      return Promise.resolve(asked === 1 ? `${bench().source.origin}${first.path}` : fresh);
    },
  };
  expect((await bench().transfer.transferToStore(request)).sha256).toBe(sha256(large));
  expect(asked).toBe(2);
});

test('when every part is stored the source is not needed any more', async () => {
  const first = await interrupt();
  const { uploadPart } = await import('../../storage/multipart-upload.ts');
  for (const partNumber of [3, 4, 5]) {
    await uploadPart(bench().server.s3, {
      key: first.request.key,
      uploadId: first.progress.uploadId!,
      partNumber,
      sizeBytes: Math.min(partBytes, large.byteLength - (partNumber - 1) * partBytes),
      body: large.subarray((partNumber - 1) * partBytes, partNumber * partBytes),
      signal: new AbortController().signal,
    });
  }
  bench().source.serve(first.path, { bytes: Buffer.from('gone'), status: 404 });
  expect((await bench().transfer.transferToStore(nextAttempt(first))).sha256).toBe(sha256(large));
});

test('an attempt whose completion succeeded and whose answer was lost accepts the object', async () => {
  const first = await interrupt();
  const request = nextAttempt(first);
  await bench().transfer.transferToStore(request);
  const before = bench().source.hits.length;
  expect((await bench().transfer.transferToStore(request)).sha256).toBe(sha256(large));
  expect(bench().source.hits).toHaveLength(before);
});

test('another file under the key is an error that names both sizes', async () => {
  const first = await interrupt();
  await bench().store.putBytes(first.request.key, Buffer.from('something else'), {
    contentType: 'video/mp4',
  });
  await expect(bench().transfer.transferToStore(nextAttempt(first))).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringMatching(new RegExp(`14 bytes.*${large.byteLength}`)) as string,
  });
});

test('a file the host no longer has is paid and lost, and its parts are thrown away', async () => {
  const first = await interrupt();
  bench().source.serve(first.path, { bytes: Buffer.from('gone'), status: 404 });
  await expect(bench().transfer.transferToStore(nextAttempt(first))).rejects.toMatchObject({
    type: 'PaidAndLost',
  });
});

test('a failure that may be tried again keeps the parts, and abandoning throws them away', async () => {
  const first = await interrupt();
  bench().source.serve(first.path, { bytes: Buffer.from('down'), status: 500 });
  const request = nextAttempt(first);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
  expect(await bench().store.listOpenUploads(request.key)).toHaveLength(1);
  await bench().transfer.abandonTransfer(first.progress, request.key);
  await bench().transfer.abandonTransfer(first.progress, request.key);
});

test('two workers that go on with the same upload at once both end with the one object', async () => {
  const first = await interrupt();
  const attempts = [nextAttempt(first), nextAttempt(first)];
  const refs = await Promise.all(attempts.map((request) => bench().transfer.transferToStore(request)));
  expect(refs.map((ref) => ref.sha256)).toEqual([sha256(large), sha256(large)]);
});
