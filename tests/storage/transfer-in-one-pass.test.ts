import type { FileAnswer } from './start-file-source.ts';
import { partBytes, useTransferBench } from './start-transfer-bench.ts';
import { mp3, mp4, png, sha256, wav } from './test-files.ts';

const large = mp4(2 * partBytes + 777);
const small = mp4(200_000);
const still = png(50_000);
const picture = { kind: 'picture', maxBytes: 10_000_000, contentTypes: ['image/png', 'image/jpeg'] } as const;
const sound = { kind: 'sound', maxBytes: 10_000_000, contentTypes: ['audio/wav', 'audio/mpeg'] } as const;
const bench = useTransferBench();

let served = 0;
function serve(answer: FileAnswer): string {
  served += 1;
  return bench().source.serve(`/single-${served}`, answer);
}

test.each<[string, Partial<FileAnswer>, Buffer]>([
  ['has no ranges', { ranges: false }, large],
  ['has no ETag', { etag: null }, large],
  ['has a weak ETag', { etag: 'W/"weak"' }, large],
  ['announces no length and ends its chunks properly', { ranges: false, length: 'chunked' }, large],
  ['announces no length and closes the connection at the end', { ranges: false, length: 'closed' }, large],
  ['is small', {}, small],
  ['is exactly one part', {}, mp4(partBytes)],
  ['is one byte longer than a part', {}, mp4(partBytes + 1)],
])('a file whose source %s arrives byte for byte', async (_, answer, bytes) => {
  const request = bench().request(serve({ bytes, ...answer }));
  const ref = await bench().transfer.transferToStore(request);
  expect(ref).toMatchObject({ sha256: sha256(bytes), sizeBytes: bytes.byteLength });
  expect(await bench().store.hashObject(request.key)).toEqual({
    sha256: ref.sha256,
    sizeBytes: ref.sizeBytes,
  });
});

test('a lost connection is continued where the version can be held', async () => {
  const address = bench().source.serve('/held.mp4', ({ index }) =>
    index === 0 ? { bytes: small, dropAfter: 70_000 } : { bytes: small },
  );
  expect((await bench().transfer.transferToStore(bench().request(address))).sha256).toBe(sha256(small));
  expect(bench().source.hits.at(-1)?.range).toMatch(/^bytes=[1-9]\d*-199999$/);
});

test('a lost connection without a strong ETag is never continued: two versions could be spliced', async () => {
  const other = mp4(large.byteLength, 3);
  const address = bench().source.serve('/spliced.mp4', ({ index }) =>
    index < 2 ? { bytes: large, etag: null, dropAfter: 7_000_000 } : { bytes: other, etag: null },
  );
  const request = bench().request(address);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test.each<[string, FileAnswer]>([
  ['footage of several parts', { bytes: large, ranges: false, length: 'closed', endAfter: 9_000_000 }],
  ['small footage', { bytes: small, ranges: false, length: 'closed', endAfter: 150_000 }],
  ['footage between two boxes', { bytes: small, ranges: false, length: 'closed', endAfter: 96 }],
])('without a length, %s that ends early is noticed by its own structure', async (_, answer) => {
  const request = bench().request(serve(answer));
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringContaining('announced no length') as string,
  });
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test('footage whose chunks end properly before it does is cut off at its host', async () => {
  const cut = serve({ bytes: small, ranges: false, length: 'chunked', endAfter: 150_000 });
  const request = bench().request(cut);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringContaining('cut off at the host') as string,
  });
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test('without a length, a whole picture and a whole WAV prove their end, and cut ones do not', async () => {
  const closing = { ranges: false, length: 'closed' } as const;
  const pictureOf = (answer: Partial<FileAnswer>) =>
    bench().request(serve({ bytes: still, contentType: 'image/png', ...closing, ...answer }), {
      expect: picture,
    });
  expect((await bench().transfer.transferToStore(pictureOf({}))).contentType).toBe('image/png');
  await expect(bench().transfer.transferToStore(pictureOf({ endAfter: 49_000 }))).rejects.toThrow(
    'announced no length',
  );

  const soundOf = (answer: Partial<FileAnswer>) =>
    bench().request(serve({ bytes: wav(90_000), contentType: 'audio/x-wav', ...closing, ...answer }), {
      expect: sound,
    });
  expect((await bench().transfer.transferToStore(soundOf({}))).contentType).toBe('audio/wav');
  await expect(bench().transfer.transferToStore(soundOf({ endAfter: 80_000 }))).rejects.toThrow(
    'announced no length',
  );
});

test('an MP3 is accepted with a length and refused without one, because nothing in it tells its end', async () => {
  const bytes = mp3(90_000);
  const announced = serve({ bytes, contentType: 'audio/mpeg', ranges: false });
  const ref = await bench().transfer.transferToStore(bench().request(announced, { expect: sound }));
  expect(ref.sha256).toBe(sha256(bytes));
  const closed = serve({ bytes, contentType: 'audio/mpeg', ranges: false, length: 'closed' });
  await expect(
    bench().transfer.transferToStore(bench().request(closed, { expect: sound })),
  ).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
});

test.each<[string, Partial<FileAnswer>, string]>([
  ['0 bytes with a length', { bytes: Buffer.alloc(0) }, '0 bytes'],
  ['0 bytes without a length', { bytes: Buffer.alloc(0), length: 'closed' }, '0 bytes'],
  ['an empty file whose ranges cannot be served', { bytes: Buffer.from('no range'), status: 416 }, '0 bytes'],
  ['a page', { bytes: Buffer.from('<!doctype html>'), contentType: 'text/html' }, 'text/html'],
  [
    'a page behind a neutral header',
    { bytes: Buffer.from('<!doctype html><title>Sorry</title>'), contentType: 'application/octet-stream' },
    'no known media type',
  ],
  ['a picture behind a header of footage', { bytes: still, contentType: 'video/mp4' }, 'image/png'],
  ['a gzip body', { bytes: small, headers: { 'content-encoding': 'gzip' } }, 'content-encoding gzip'],
  ['more bytes than allowed, by its length', { bytes: mp4(100_001), ranges: false }, '100001'],
  [
    'more bytes than allowed, unannounced',
    { bytes: mp4(100_001), ranges: false, length: 'closed' },
    '100000',
  ],
])('%s is refused and stores nothing', async (_, answer, named) => {
  const limits = { expect: { kind: 'footage', maxBytes: 100_000, contentTypes: ['video/mp4'] } } as const;
  const request = bench().request(serve({ bytes: small, ...answer }), limits);
  await expect(bench().transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringContaining(named) as string,
  });
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test.each([
  'application/octet-stream',
  'binary/octet-stream',
  null,
  'video/mp4; codecs="avc1"',
  'application/x-www-form-urlencoded',
  'video/x-m4v',
  'audio/x-mpeg',
  'image/pjpeg',
])('a content type of %s is no obstacle when the first bytes fit', async (contentType) => {
  const request = bench().request(serve({ bytes: small, contentType }));
  expect((await bench().transfer.transferToStore(request)).contentType).toBe('video/mp4');
});

test.each(['aws-chunked', 'base64', 'utf-8', 'none', 'binary', 'identity'])(
  'a content encoding of %s is none when the first bytes fit',
  async (encoding) => {
    const request = bench().request(serve({ bytes: small, headers: { 'content-encoding': encoding } }));
    expect((await bench().transfer.transferToStore(request)).sha256).toBe(sha256(small));
  },
);

test('an MP3 that comes in chunks ends with its last one, and is refused where that does not come', async () => {
  const bytes = mp3(90_000);
  const chunked = { bytes, ranges: false, etag: null, length: 'chunked' } as const;
  const whole = bench().request(serve(chunked), { expect: sound });
  expect((await bench().transfer.transferToStore(whole)).sha256).toBe(sha256(bytes));
  const dropped = bench().request(serve({ ...chunked, dropAfter: 70_000 }), { expect: sound });
  await expect(bench().transfer.transferToStore(dropped)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
});

test('a source that trickles is given up on although it is never idle', async () => {
  const request = bench().request(serve({ bytes: small, etag: null, ranges: false, trickleMs: 5 }));
  const transfer = bench().transferWith({ rateWindowMs: 300, minBytesPerSecond: 10_000 });
  await expect(transfer.transferToStore(request)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringContaining('bytes a second') as string,
  });
});

test('a source that stalls in the middle of an upload fails and leaves no upload', async () => {
  const request = bench().request(
    serve({ bytes: large, etag: null, ranges: false, stallAfter: 2 * partBytes + 5 }),
  );
  const transfer = bench().transferWith({ idleTimeoutMs: 300 });
  await expect(transfer.transferToStore(request)).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  expect(request.progress.some(({ uploadId }) => uploadId !== undefined)).toBe(true);
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test('a cancel while the source stalls ends at once and leaves no upload', async () => {
  const cancel = new AbortController();
  const reason = new Error('cancelled by a person');
  const stalled = serve({ bytes: large, etag: null, ranges: false, stallAfter: 2 * partBytes + 5 });
  const request = bench().request(stalled, {
    signal: cancel.signal,
    onProgress: ({ uploadId, storedBytes }) => {
      if (uploadId !== undefined && storedBytes > partBytes) cancel.abort(reason);
    },
  });
  const transfer = bench().transferWith({ idleTimeoutMs: 600_000 });
  await expect(transfer.transferToStore(request)).rejects.toBe(reason);
  expect(await bench().store.head(request.key)).toBeUndefined();
});

test('a cancel before the first byte asks the source nothing', async () => {
  const before = bench().source.hits.length;
  const request = bench().request(serve({ bytes: small }), {
    signal: AbortSignal.abort(new Error('too late')),
  });
  await expect(bench().transfer.transferToStore(request)).rejects.toThrow('too late');
  expect(bench().source.hits).toHaveLength(before);
});

test('two transfers to one key both get the file that was written first', async () => {
  const one = bench().request(serve({ bytes: large, ranges: false }));
  const other = {
    ...one,
    resolveAddress: () => Promise.resolve(serve({ bytes: mp4(large.byteLength, 9), ranges: false })),
  };
  const refs = await Promise.all([
    bench().transfer.transferToStore(one),
    bench().transfer.transferToStore(other),
  ]);
  expect(refs[0].sha256).toBe(refs[1].sha256);
  expect((await bench().store.hashObject(one.key)).sha256).toBe(refs[0].sha256);
});

test('no message names the path, the query or the signature of an address', async () => {
  const address = bench().source.serve('/private-path', { bytes: Buffer.from('no'), status: 410 });
  const failure: unknown = await bench()
    .transfer.transferToStore(bench().request(address))
    .catch((error: unknown) => error);
  expect(failure).toMatchObject({ type: 'PaidAndLost' });
  expect(String(failure)).not.toMatch(/private-path|secret/);
});
