import { lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';

import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { downloadVideo } from '../../client/files/download-video.ts';
import { FileStore } from '../../client/files/file-store.ts';
import type { ManifestRecord } from '../../client/files/manifest-record.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import type { Manifest } from '../../domain/schemas/manifest-schema.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { putVideo } from './support/put-video.ts';

let server: TestObjectStore;
let store: ObjectStore;
let files: FileStore;
let folder: string;
let count = 0;

beforeAll(async () => {
  server = await startObjectStore();
  store = createObjectStore(server.s3);
  files = new FileStore(server.s3.settings);
  folder = await mkdtemp(join(tmpdir(), 'beatreel-client-'));
});

afterAll(async () => {
  files.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Temporal knows no result of the video any more. */
const forgotten: ManifestRecord = { unrecorded: 'Temporal forgot it' };

function newId(): string {
  count += 1;
  return `verify-${count}-${Date.now()}`;
}

async function overwrite(key: string, bytes: string): Promise<void> {
  await store.putBytes(key, Buffer.from(bytes), { contentType: 'application/octet-stream' });
}

/** Changes what the manifest says, not what lies in the bucket. */
async function restate(manifest: Manifest, changes: Partial<Manifest>): Promise<void> {
  await store.putJson(`videos/${manifest.videoId}/manifest-r1.json`, { ...manifest, ...changes });
}

test('a whole video is verified by every byte of it', async () => {
  const videoId = newId();
  await putVideo(store, videoId);
  const report = await verifyVideo(files, videoId, forgotten);
  expect(report).toMatchObject({
    ok: true,
    status: 'succeeded',
    manifestKey: `videos/${videoId}/manifest-r1.json`,
    counts: { beats: 3, stills: 3, plannedChunks: 4, chunks: 4, clips: 4 },
    filesChecked: 15,
    problems: [],
  });
  expect(report.bytesChecked).toBeGreaterThan(14);
});

test('a missing, a truncated and a swapped file are each named with their beat', async () => {
  const videoId = newId();
  const { stills, chunks, clips } = await putVideo(store, videoId);
  await store.deleteMany([stills[2]!.key]);
  await overwrite(chunks[2]!.key, 'chu');
  await overwrite(clips[0]!.key, 'clip-00-0X');

  const { ok, problems } = await verifyVideo(files, videoId, forgotten);
  expect(ok).toBe(false);
  expect(problems).toMatchObject([
    { kind: 'missing', unit: 'still-02', beat: 2, key: stills[2]!.key },
    { kind: 'truncated', unit: 'chunk-01-01', beat: 1, chunk: 1, key: chunks[2]!.key },
    { kind: 'swapped', unit: 'clip-00-00', beat: 0, chunk: 0, key: clips[0]!.key },
  ]);
  expect(problems[0]!.text).toBe(`still-02 of beat 2, ${stills[2]!.key}, is missing.`);
  expect(problems[1]!.text).toBe(
    `chunk-01-01 of beat 1, ${chunks[2]!.key}, is truncated: 3 of 11 bytes are there.`,
  );
});

test('two files that changed places are both found', async () => {
  const videoId = newId();
  const { stills } = await putVideo(store, videoId);
  await overwrite(stills[0]!.key, 'still-01');
  await overwrite(stills[1]!.key, 'still-00');
  const { problems } = await verifyVideo(files, videoId, forgotten);
  expect(problems).toMatchObject([
    { kind: 'swapped', beat: 0 },
    { kind: 'swapped', beat: 1 },
  ]);
});

test('counts and places are checked, not assumed', async () => {
  const videoId = newId();
  const manifest = await putVideo(store, videoId);
  const { stills, chunks, clips } = manifest;
  await restate(manifest, {
    stills: stills.slice(0, 2),
    chunks: [chunks[1]!, chunks[0]!, chunks[2]!, chunks[3]!],
    clips: [...clips, { ...clips[3]!, unit: 'clip-02-01', chunk: 1 }],
  });
  const texts = (await verifyVideo(files, videoId, forgotten)).problems.map(({ text }) => text);
  expect(texts).toEqual(
    expect.arrayContaining([
      'There are 2 stills for 3 beats.',
      'There are 5 clips for 4 chunks.',
      expect.stringContaining('chunk-01-00 of beat 1 stands at'),
      expect.stringContaining('clip-02-01 has the file of clip-02-00'),
    ]),
  );
});

test('a canceled video is whole as far as it goes, and still not complete', async () => {
  const videoId = newId();
  const manifest = await putVideo(store, videoId);
  await restate(manifest, { status: 'canceled', cut: null, video: null });
  const { problems } = await verifyVideo(files, videoId, forgotten);
  expect(problems.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'status: The video is canceled; only a succeeded one is complete.',
    'count: There is no cut.',
    'count: There is no video.',
  ]);
});

test('the manifest of the highest revision counts', async () => {
  const videoId = newId();
  const manifest = await putVideo(store, videoId);
  await store.putJson(`videos/${videoId}/manifest-r10.json`, { ...manifest, revision: 10 });
  await store.putJson(`videos/${videoId}/manifest-r9.json`, { ...manifest, revision: 9 });
  expect(await verifyVideo(files, videoId, forgotten)).toMatchObject({
    manifestKey: `videos/${videoId}/manifest-r10.json`,
  });
});

test('a video without a manifest, or with a broken one, says so', async () => {
  const videoId = newId();
  await expect(verifyVideo(files, videoId, forgotten)).rejects.toMatchObject({
    code: 'ManifestMissing',
    videoId,
  });
  await store.putJson(`videos/${videoId}/manifest-r1.json`, { version: 2 });
  await expect(verifyVideo(files, videoId, forgotten)).rejects.toThrow(`manifest-r1.json is none (version: `);
});

test('a video is downloaded whole under the name asked for, or its own in a folder', async () => {
  const videoId = newId();
  const { video } = await putVideo(store, videoId);
  const received: number[] = [];
  const into = await mkdtemp(join(folder, 'into-'));
  const file = await downloadVideo(
    files,
    { videoId, path: into, record: forgotten },
    { onBytes: (bytes) => received.push(bytes) },
  );
  expect(file).toMatchObject({
    path: join(into, `${videoId}.mp4`),
    sizeBytes: video!.sizeBytes,
    sha256: video!.sha256,
  });
  expect(await readFile(file.path, 'utf8')).toBe('video');
  expect(received.at(-1)).toBe(video!.sizeBytes);
  expect(await readdir(into)).toEqual([`${videoId}.mp4`]);
});

test('a damaged video leaves the file as it was', async () => {
  const videoId = newId();
  const { video } = await putVideo(store, videoId);
  await overwrite(video!.key, 'vidEo');
  const into = await mkdtemp(join(folder, 'damaged-'));
  const path = join(into, 'mine.mp4');
  await writeFile(path, 'before');
  await expect(
    downloadVideo(files, { videoId, path, record: forgotten }, { overwrite: true }),
  ).rejects.toMatchObject({
    code: 'FileDamaged',
  });
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(into)).toEqual(['mine.mp4']);
});

test('a file that is there is replaced only when that is said', async () => {
  const videoId = newId();
  await putVideo(store, videoId);
  const path = join(await mkdtemp(join(folder, 'taken-')), 'mine.mp4');
  await writeFile(path, 'before');
  await expect(downloadVideo(files, { videoId, path, record: forgotten })).rejects.toThrow('exists already');
  expect(await readFile(path, 'utf8')).toBe('before');
  await downloadVideo(files, { videoId, path, record: forgotten }, { overwrite: true });
  expect(await readFile(path, 'utf8')).toBe('video');
});

test('a video replaces no pipe, link or device, whatever is said', async () => {
  const videoId = newId();
  await putVideo(store, videoId);
  const into = await mkdtemp(join(folder, 'special-'));
  await writeFile(join(into, 'target.mp4'), 'before');
  await symlink(join(into, 'target.mp4'), join(into, 'link.mp4'));
  await execa('sh', ['-c', 'mkfifo "$0"', join(into, 'pipe.mp4')]);
  for (const path of [join(into, 'link.mp4'), join(into, 'pipe.mp4'), '/dev/null']) {
    const saving = downloadVideo(files, { videoId, path, record: forgotten }, { overwrite: true });
    await expect(saving).rejects.toThrow('not a regular file');
  }
  expect(await readFile(join(into, 'target.mp4'), 'utf8')).toBe('before');
  expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
});

test('a download into a folder that is not there is a setting to correct', async () => {
  const videoId = newId();
  await putVideo(store, videoId);
  const path = join(folder, 'nowhere', 'a.mp4');
  await expect(downloadVideo(files, { videoId, path, record: forgotten })).rejects.toThrow(
    `there is no folder ${join(folder, 'nowhere')}`,
  );
});

test('a store that does not answer is named with the variable that says where it is', async () => {
  const nowhere = new FileStore({ ...server.s3.settings, endpoint: 'http://127.0.0.1:9' });
  await expect(verifyVideo(nowhere, 'any', forgotten)).rejects.toMatchObject({
    code: 'ServerUnreachable',
    server: 'S3',
    message: expect.stringMatching(/bucket .* at http:\/\/127\.0\.0\.1:9.*S3_ENDPOINT/) as unknown,
  });
  nowhere.close();
});

test('a missing bucket is a setting to correct', async () => {
  const lost = new FileStore({ ...server.s3.settings, bucket: 'no-such-bucket' });
  await expect(lost.use((open) => open.hashObject('a'))).rejects.toMatchObject({
    code: 'InvalidSettings',
    message: expect.stringContaining('no-such-bucket') as unknown,
  });
  lost.close();
});
