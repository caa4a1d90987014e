import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import { assertConditionalWrites } from '../../storage/conditional-writes.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { createUpload } from '../../storage/multipart-upload.ts';
import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { noise, sha256 } from './test-files.ts';
import { startObjectStore, type TestObjectStore } from './start-object-store.ts';

/** The folder of all keys of this run, because other tests may share the store. */
const folderKey = `storage-tests/${randomUUID()}/`;
const at = (name: string) => `${folderKey}${name}`;

let server: TestObjectStore;
let store: ObjectStore;
let folder: string;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

beforeAll(async () => {
  server = await startObjectStore();
  store = createObjectStore(server.s3);
  folder = await mkdtemp(join(tmpdir(), 'beatreel-objects-'));
});

afterAll(async () => {
  await store.deleteMany((await all(store.list(folderKey))).map(({ key }) => key));
  store.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

test('JSON comes back as it was written, with its ETag and the clock of the store', async () => {
  const written = await store.putJson(at('json/plain.json'), { words: ['a', 'ö'] });
  const read = await store.getJson(at('json/plain.json'));
  expect(read?.value).toEqual({ words: ['a', 'ö'] });
  expect(written).toEqual({ etag: read?.etag, storedAt: expect.any(Date) as Date });
  expect(read!.serverDate.getTime()).toBeGreaterThanOrEqual(read!.lastModified.getTime());
});

test('JSON that was never written is undefined', async () => {
  expect(await store.getJson(at('json/never.json'))).toBeUndefined();
  expect(await store.head(at('json/never.json'))).toBeUndefined();
});

test('exactly one of eight simultaneous first writes wins', async () => {
  const writes = Array.from({ length: 8 }, (_, nonce) =>
    store.putJson(at('json/contended.json'), { nonce }, { ifNoneMatch: '*' }),
  );
  const answers = await Promise.all(writes);
  const winners = answers.flatMap((answer, nonce) => (answer === 'conflict' ? [] : [nonce]));
  expect((await store.getJson(at('json/contended.json')))?.value).toEqual({ nonce: winners[0] });
  expect(winners).toHaveLength(1);
});

test('a write over another version than expected is a conflict, and so is one over nothing', async () => {
  const first = await store.putJson(at('json/versions.json'), 1, { ifNoneMatch: '*' });
  if (first === 'conflict') throw new Error('The key was new.');
  expect(await store.putJson(at('json/versions.json'), 2, { ifMatch: first.etag })).not.toBe('conflict');
  expect(await store.putJson(at('json/versions.json'), 3, { ifMatch: first.etag })).toBe('conflict');
  expect(await store.putJson(at('json/nothing.json'), 3, { ifMatch: first.etag })).toBe('conflict');
});

test('the proof of conditional writes passes on a real store and leaves nothing behind', async () => {
  await assertConditionalWrites(store, at('proof/'));
  expect(await all(store.list(at('proof/')))).toEqual([]);
});

test.each([
  ['If-None-Match', { ifNoneMatch: '*' as const }],
  ['If-Match', { ifMatch: 'any' }],
])('the proof names %s when the store ignores it', async (name, ignored) => {
  const forgetful: ObjectStore = {
    ...store,
    putJson: (key, value, condition = {}) => {
      const kept = Object.entries(condition).filter(([field]) => !(field in ignored));
      return store.putJson(key, value, Object.fromEntries(kept));
    },
  };
  await expect(assertConditionalWrites(forgetful, at('forgetful/'))).rejects.toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringContaining(`ignores ${name}`) as string,
  });
  expect(await all(store.list(at('forgetful/')))).toEqual([]);
});

test('a file goes up in one pass and comes down verified', async () => {
  const bytes = noise(3_000_000);
  await writeFile(join(folder, 'up.bin'), bytes);
  const seen: number[] = [];
  const ref = await store.putFile(at('files/a.bin'), join(folder, 'up.bin'), {
    contentType: 'video/mp4',
    onBytes: (count) => seen.push(count),
  });
  expect(ref).toEqual({
    key: at('files/a.bin'),
    sizeBytes: 3_000_000,
    sha256: sha256(bytes),
    contentType: 'video/mp4',
  });
  await store.downloadToFile(ref, join(folder, 'down.bin'));
  expect(sha256(await readFile(join(folder, 'down.bin')))).toBe(ref.sha256);
  expect(await store.hashObject(at('files/a.bin'))).toEqual({ sha256: ref.sha256, sizeBytes: ref.sizeBytes });
  expect(seen.at(-1)).toBe(3_000_000);
});

test('a file also goes up with CRC32 checksums', async () => {
  const strict = createObjectStore(connectS3({ ...server.s3.settings, checksum: 'crc32' }));
  await writeFile(join(folder, 'crc.bin'), noise(100_000));
  const ref = await strict.putFile(at('files/crc.bin'), join(folder, 'crc.bin'), {
    contentType: 'video/mp4',
  });
  await strict.downloadToFile(ref, join(folder, 'crc-down.bin'));
  strict.close();
  expect(await store.hashObject(at('files/crc.bin'))).toEqual({ sha256: ref.sha256, sizeBytes: 100_000 });
});

test('a second file under a key that is written once is the first one', async () => {
  await writeFile(join(folder, 'first.bin'), 'first');
  await writeFile(join(folder, 'second.bin'), 'second!');
  const options = { contentType: 'text/plain', ifNoneMatch: '*' as const };
  const first = await store.putFile(at('files/once.bin'), join(folder, 'first.bin'), options);
  expect(await store.putFile(at('files/once.bin'), join(folder, 'second.bin'), options)).toEqual(first);
  expect(await store.putBytes(at('files/once.bin'), Buffer.from('third'), options)).toEqual(first);
});

test('a file that shrinks while it goes up stores nothing', async () => {
  const path = join(folder, 'shrinking.bin');
  await writeFile(path, noise(8_000_000));
  let cut: Promise<void> | undefined;
  const upload = store.putFile(at('files/shrinking.bin'), path, {
    contentType: 'video/mp4',
    onBytes: () => {
      cut ??= truncate(path, 1_000_000);
    },
  });
  await expect(upload).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: /changed while it was read/,
  });
  await cut;
  expect(await store.head(at('files/shrinking.bin'))).toBeUndefined();
});

test('an upload that is cancelled stores nothing and throws the reason of the signal', async () => {
  const path = join(folder, 'cancelled.bin');
  await writeFile(path, noise(8_000_000));
  const reason = new Error('cancelled by a person');
  const cancel = new AbortController();
  const upload = store.putFile(at('files/cancelled.bin'), path, {
    contentType: 'video/mp4',
    signal: cancel.signal,
    onBytes: () => {
      cancel.abort(reason);
    },
  });
  await expect(upload).rejects.toBe(reason);
  expect(await store.head(at('files/cancelled.bin'))).toBeUndefined();
});

test('a download whose bytes are not those of the reference leaves no file', async () => {
  const ref = await store.putBytes(at('files/changed.bin'), Buffer.from('what it is'), {
    contentType: 'text/plain',
  });
  const wanted = { ...ref, sha256: sha256(Buffer.from('what it was')) };
  const path = join(folder, 'changed.bin');
  await expect(store.downloadToFile(wanted, path)).rejects.toMatchObject({ type: 'ArtifactMissing' });
  expect((await readdir(folder)).filter((name) => name.startsWith('changed.bin'))).toEqual([]);
});

test('a download of nothing says which key is missing', async () => {
  const ref = { key: at('files/absent.bin'), sizeBytes: 1, sha256: '', contentType: 'text/plain' };
  await expect(store.downloadToFile(ref, join(folder, 'absent.bin'))).rejects.toMatchObject({
    type: 'ArtifactMissing',
    message: expect.stringContaining(at('files/absent.bin')) as string,
  });
});

test('a range holds both of its ends', async () => {
  await store.putBytes(at('files/letters'), Buffer.from('abcdefgh'), { contentType: 'text/plain' });
  const { body, sizeBytes } = await store.getStream(at('files/letters'), { range: { start: 2, end: 4 } });
  expect(await text(body)).toBe('cde');
  expect(sizeBytes).toBe(3);
});

test('a listing goes on over the first page, and everything listed can be deleted', async () => {
  const keys = Array.from({ length: 1100 }, (_, index) => at(`many/${String(index).padStart(5, '0')}`));
  for (let start = 0; start < keys.length; start += 50) {
    const batch = keys.slice(start, start + 50);
    await Promise.all(
      batch.map((key) => store.putBytes(key, Buffer.from('x'), { contentType: 'text/plain' })),
    );
  }
  const listed = (await all(store.list(at('many/')))).map(({ key }) => key);
  expect(listed).toEqual(keys);
  await store.deleteMany(listed);
  expect(await all(store.list(at('many/')))).toEqual([]);
});

test('a presigned address opens the object with the disposition it was given, and no other object', async () => {
  await store.putBytes(at('files/signed.txt'), Buffer.from('signed'), { contentType: 'text/plain' });
  const contentDisposition = 'inline; filename="0123abcd.txt"';
  const options = { expiresSeconds: 60, contentDisposition, publicEndpoint: true };
  const address = await store.presignGet(at('files/signed.txt'), options);
  const response = await request(address);
  expect(await response.body.text()).toBe('signed');
  expect(response.headers['content-disposition']).toBe(contentDisposition);
  expect(new URL(address).searchParams.get('response-content-disposition')).toBe(contentDisposition);
  const other = await request(address.replace('signed.txt', 'letters'));
  expect(other.statusCode).toBe(403);
  await other.body.dump();
});

test('a presigned address promises no checksum of an empty body, whatever the checksum setting', async () => {
  const settings = {
    ...server.s3.settings,
    checksum: 'crc32' as const,
    publicEndpoint: 'https://public.example.com',
  };
  const address = await createObjectStore(settings).presignGet('k', {
    expiresSeconds: 60,
    publicEndpoint: true,
  });
  expect(new URL(address).origin).toBe('https://public.example.com');
  expect(address.toLowerCase()).not.toContain('checksum');
});

test('an open upload is listed until it is aborted, and aborting it twice is no error', async () => {
  const uploadId = await createUpload(server.s3, { key: at('open/one.mp4'), contentType: 'video/mp4' });
  expect(await store.listOpenUploads(at('open/'))).toMatchObject([{ key: at('open/one.mp4'), uploadId }]);
  await store.abortUpload(at('open/one.mp4'), uploadId);
  await store.abortUpload(at('open/one.mp4'), uploadId);
  expect(await store.listOpenUploads(at('open/'))).toEqual([]);
});

test('a store that refuses our key says so, and one that is not there may be tried again', async () => {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { endpoint = '' } = server.s3.settings;
  const options = { endpoint, region: 'us-east-1', forcePathStyle: true };
  const stranger = new S3Client({ ...options, credentials: { accessKeyId: 'no', secretAccessKey: 'body' } });
  const refused = createObjectStore({ ...server.s3, client: stranger });
  await expect(refused.getJson(at('json/plain.json'))).rejects.toMatchObject({ type: 'StoreRefused' });
  refused.close();
  const nobody = createObjectStore({ ...server.s3.settings, endpoint: 'http://127.0.0.1:1' });
  await expect(nobody.getJson(at('json/plain.json'))).rejects.toMatchObject({ type: 'ProviderUnavailable' });
  nobody.close();
});
