import { type BenchRequest, footage, partBytes, useTransferBench } from './start-transfer-bench.ts';
import { mp4, sha256 } from './test-files.ts';

const large = mp4(3 * partBytes + 4321);
const bench = useTransferBench();

async function expectStored(key: string, bytes: Buffer): Promise<void> {
  expect(await bench().store.hashObject(key)).toEqual({ sha256: sha256(bytes), sizeBytes: bytes.byteLength });
}

test('a large file arrives by ranges, byte for byte, and its hash is known without reading it back', async () => {
  const request = bench().request(bench().source.serve('/large.mp4', { bytes: large }));
  const ref = await bench().transfer.transferToStore(request);
  expect(ref).toEqual({
    key: request.key,
    sizeBytes: large.byteLength,
    sha256: sha256(large),
    contentType: 'video/mp4',
  });
  await expectStored(request.key, large);
  const ranges = bench()
    .source.hits.filter(({ path }) => path === '/large.mp4')
    .map(({ range }) => range);
  expect(ranges).toHaveLength(4);
  expect(new Set(ranges).size).toBe(4);
});

test('progress names upload, version and size from the first part on, and ends with all bytes', async () => {
  const request = bench().request(bench().source.serve('/progress.mp4', { bytes: large }));
  await bench().transfer.transferToStore(request);
  expect(request.progress[0]).toMatchObject({ totalBytes: large.byteLength, storedBytes: 0, parts: [] });
  expect(request.progress.at(-1)).toMatchObject({ storedBytes: large.byteLength });
  expect(request.progress.at(-1)?.parts.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3, 4]);
});

test('no request carries credentials or accepts an encoding, and every part asks for the same version', async () => {
  const request = bench().request(bench().source.serve('/headers.mp4', { bytes: large }));
  await bench().transfer.transferToStore(request);
  const hits = bench().source.hits.filter(({ path }) => path === '/headers.mp4');
  for (const { headers } of hits) {
    expect(headers.authorization).toBeUndefined();
    expect(headers['accept-encoding']).toBe('identity');
  }
  expect(hits.slice(1).every(({ headers }) => headers['if-match'] !== undefined)).toBe(true);
});

test('a transfer that runs again returns what lies there and does not ask the source', async () => {
  const request = bench().request(bench().source.serve('/again.mp4', { bytes: large }));
  const first = await bench().transfer.transferToStore(request);
  const before = bench().source.hits.length;
  expect(await bench().transfer.transferToStore(request)).toEqual(first);
  expect(bench().source.hits).toHaveLength(before);
});

test('a connection that drops inside a part goes on at the byte where it broke off', async () => {
  const address = bench().source.serve('/drops.mp4', ({ index }) =>
    index === 1 ? { bytes: large, dropAfter: 1_000_000 } : { bytes: large },
  );
  const request = bench().request(address);
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
  const hits = bench().source.hits.filter(({ path }) => path === '/drops.mp4');
  expect(hits).toHaveLength(5);
  const starts = hits.map(({ range }) => Number(/=(\d+)-/.exec(range ?? '')?.[1]));
  expect(starts.some((start) => start % partBytes !== 0)).toBe(true);
});

test('a part that ends early in proper chunks is continued', async () => {
  const address = bench().source.serve('/early.mp4', ({ index }) =>
    index === 1
      ? { bytes: large, length: 'chunked', endAfter: 1_000_000 }
      : { bytes: large, length: 'chunked' },
  );
  const request = bench().request(address);
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
});

test('a source that stalls inside a part is asked again', async () => {
  const address = bench().source.serve('/stalls.mp4', ({ index }) =>
    index === 2 ? { bytes: large, stallAfter: 100_000 } : { bytes: large },
  );
  const request = bench().request(address);
  await bench().transferWith({ idleTimeoutMs: 1000, reconnects: 20 }).transferToStore(request);
  await expectStored(request.key, large);
});

test('a source that is too slow for a while is asked again, and no byte is lost or doubled', async () => {
  const address = bench().source.serve('/slow-for-a-while.mp4', ({ index }) =>
    index === 1 ? { bytes: large, trickleMs: 20 } : { bytes: large },
  );
  const request = bench().request(address);
  const limits = { minBytesPerSecond: 1024, rateWindowMs: 100, reconnects: 4 };
  const ref = await bench().transferWith(limits).transferToStore(request);
  expect(ref.sha256).toBe(sha256(large));
  await expectStored(request.key, large);
});

test('a busy source is asked again, and a part is not read twice', async () => {
  const address = bench().source.serve('/busy.mp4', ({ index }) =>
    index === 1 ? { bytes: Buffer.from('slow down'), status: 503 } : { bytes: large },
  );
  const request = bench().request(address);
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
});

test('an address that expires between two parts is renewed once for all of them', async () => {
  let renewals = 0;
  bench().source.serve('/expired.mp4', ({ index }) =>
    index === 0 ? { bytes: large } : { bytes: Buffer.from('expired'), status: 403 },
  );
  const fresh = bench().source.serve('/fresh.mp4', { bytes: large });
  const request = bench().request('', {
    resolveAddress: () => {
      renewals += 1;
      return Promise.resolve(renewals === 1 ? `${bench().source.origin}/expired.mp4` : fresh);
    },
  });
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
  expect(renewals).toBe(2);
});

test('a file that changes between two parts is begun anew and never spliced', async () => {
  const other = mp4(large.byteLength, 7);
  const address = bench().source.serve('/changes.mp4', ({ index }) =>
    index < 2 ? { bytes: large, etag: '"one"' } : { bytes: other, etag: '"two"' },
  );
  const request = bench().request(address);
  const ref = await bench().transfer.transferToStore(request);
  expect(ref.sha256).toBe(sha256(other));
  await expectStored(request.key, other);
});

test('a changed file is noticed although its server ignores If-Match', async () => {
  const other = mp4(large.byteLength, 8);
  const address = bench().source.serve('/ignores.mp4', ({ index }) => ({
    bytes: index < 2 ? large : other,
    etag: index < 2 ? '"one"' : '"two"',
    ignoresIfMatch: true,
  }));
  const request = bench().request(address);
  expect((await bench().transfer.transferToStore(request)).sha256).toBe(sha256(other));
});

test('a file that keeps changing fails, may be tried again, and leaves nothing', async () => {
  const address = bench().source.serve('/restless.mp4', ({ index }) => ({
    bytes: large,
    etag: `"${index}"`,
  }));
  const request = bench().request(address);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test.each([
  ['beginning', `bytes ${partBytes + 1}-${2 * partBytes - 1}/${large.byteLength}`],
  ['end', `bytes ${partBytes}-${2 * partBytes - 2}/${large.byteLength}`],
])('a part with another %s than was asked for is never stored', async (_, contentRange) => {
  const wrong = {
    bytes: mp4(large.byteLength, 6),
    etag: '"same"',
    headers: { 'content-range': contentRange },
  };
  const address = bench().source.serve('/shifted.mp4', ({ range }) =>
    // Once, for the second part.
    range === `bytes=${partBytes}-${2 * partBytes - 1}` && shifts++ === 0
      ? wrong
      : { bytes: large, etag: '"same"' },
  );
  let shifts = 0;
  const request = bench().request(address);
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
});

test.each([
  ['by ranges', {}],
  ['in one pass', { ranges: false }],
])('%s, a file that somebody else has stored meanwhile is not written over', async (_, answer) => {
  const address = bench().source.serve('/taken.mp4', { bytes: large, ...answer });
  const request: BenchRequest = {
    ...bench().request(address),
    resolveAddress: async () => {
      await bench().store.putBytes(request.key, Buffer.from('was first'), { contentType: 'video/mp4' });
      return address;
    },
  };
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringMatching(new RegExp(`9 bytes.*${large.byteLength}`)) as string,
  });
  expect(await bench().store.hashObject(request.key)).toMatchObject({ sizeBytes: 9 });
});

test('a server that stops honouring ranges is read in a single pass instead', async () => {
  const address = bench().source.serve('/forgets.mp4', ({ index }) => ({
    bytes: large,
    ranges: index === 0,
  }));
  const request = bench().request(address);
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
});

test('a file that was cut off at the host itself is refused although all its bytes came', async () => {
  const address = bench().source.serve('/cut.mp4', { bytes: large.subarray(0, large.byteLength - 100_000) });
  const request = bench().request(address);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringContaining('cut off at the host') as string,
  });
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test('10 GiB are refused by their announcement', async () => {
  const headers = { 'content-range': `bytes 0-${partBytes - 1}/${10 * 1024 ** 3}` };
  const address = bench().source.serve('/huge.mp4', { bytes: large, headers });
  const request = bench().request(address);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringContaining('10737418240') as string,
  });
  expect(request.progress).toEqual([]);
});

test('a real cancel stops at once, throws its reason and leaves no upload', async () => {
  const cancel = new AbortController();
  const reason = new Error('cancelled by a person');
  const address = bench().source.serve('/cancel.mp4', ({ index }) =>
    index === 3 ? { bytes: large, stallAfter: 10 } : { bytes: large },
  );
  const request = bench().request(address, {
    signal: cancel.signal,
    onProgress: ({ parts }) => {
      if (parts.length === 2) cancel.abort(reason);
    },
  });
  await expect(bench().transfer.transferToStore(request)).rejects.toBe(reason);
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test('an upload to the same key whose id died with a process is swept away', async () => {
  const { createUpload } = await import('../../storage/multipart-upload.ts');
  const request = bench().request(bench().source.serve('/sweep.mp4', { bytes: large }));
  await createUpload(bench().server.s3, { key: request.key, contentType: 'video/mp4' });
  await bench().transfer.transferToStore(request);
  await expectStored(request.key, large);
});

test('many transfers share few buffers and all arrive', async () => {
  const address = bench().source.serve('/shared.mp4', { bytes: large });
  const requests = Array.from({ length: 6 }, () => bench().request(address, { expect: footage }));
  const refs = await Promise.all(requests.map((request) => bench().transfer.transferToStore(request)));
  expect(new Set(refs.map((ref) => ref.sha256))).toEqual(new Set([sha256(large)]));
});
