import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  folder = await mkdtemp(join(tmpdir(), 'beatreel-proof-'));
});

afterAll(async () => {
  files.close();
  store.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Temporal knows no result of the video any more. */
const forgotten: ManifestRecord = { unrecorded: 'Temporal forgot it' };

test('only the manifest that the workflow recorded is proven', async () => {
  const videoId = newId();
  await putVideo(store, videoId);

  expect(await verifyVideo(files, videoId, await recordOf(videoId))).toMatchObject({
    ok: true,
    manifestProven: true,
  });
  expect(await verifyVideo(files, videoId, forgotten)).toMatchObject({
    ok: true,
    manifestProven: false,
    unprovenBecause: 'Temporal forgot it',
  });
});

test('a manifest that is not the one the workflow recorded is swapped, and its video is not delivered', async () => {
  const videoId = newId();
  const manifest = await putVideo(store, videoId);
  const record = await recordOf(videoId);
  const foreign = await store.putBytes(`videos/${videoId}/foreign.bin`, Buffer.from('foreign'), {
    contentType: 'video/mp4',
  });
  await restate(manifest, { video: { ...manifest.video!, ...foreign } });

  const report = await verifyVideo(files, videoId, record);
  expect(report).toMatchObject({ ok: false, manifestProven: false, problems: [{ unit: 'manifest' }] });
  const path = join(folder, `${videoId}.mp4`);
  await expect(downloadVideo(files, { videoId, path, record })).rejects.toMatchObject({
    code: 'FileDamaged',
  });
  expect(await readdir(folder)).not.toContain(`${videoId}.mp4`);
});

test('a later manifest that no workflow recorded does not count', async () => {
  const videoId = newId();
  const manifest = await putVideo(store, videoId);
  const record = await recordOf(videoId);
  await store.putJson(`videos/${videoId}/manifest-r2.json`, { ...manifest, revision: 2, video: null });

  expect(await verifyVideo(files, videoId, record)).toMatchObject({
    ok: true,
    manifestKey: `videos/${videoId}/manifest-r1.json`,
  });
});

test.each(['videos/another/video.bin', 'uploads/acme/video.bin', 'videos/x/../another/video.bin'])(
  'a manifest that names %s names a file of somebody else',
  async (key) => {
    const videoId = newId();
    const manifest = await putVideo(store, videoId);
    const stored = await store.putBytes('videos/another/video.bin', Buffer.from('theirs'), {
      contentType: 'video/mp4',
    });
    await restate(manifest, { video: { ...manifest.video!, ...stored, key } });
    const record = await recordOf(videoId);

    const { problems } = await verifyVideo(files, videoId, record);
    expect(problems).toMatchObject([{ kind: 'foreign', unit: 'video', key }]);
    const path = join(folder, `${videoId}.mp4`);
    await expect(downloadVideo(files, { videoId, path, record })).rejects.toThrow(
      `video names ${key}, which is not in videos/${videoId}/.`,
    );
  },
);

/** The manifest of a video as its workflow would have recorded it now. */
async function recordOf(videoId: string): Promise<ManifestRecord> {
  const key = `videos/${videoId}/manifest-r1.json`;
  return { recorded: { key, contentType: 'application/json', ...(await store.hashObject(key)) } };
}

function newId(): string {
  count += 1;
  return `proof-${count}-${Date.now()}`;
}

/** Changes what the manifest says, not what lies in the bucket. */
async function restate(manifest: Manifest, changes: Partial<Manifest>): Promise<void> {
  await store.putJson(`videos/${manifest.videoId}/manifest-r1.json`, { ...manifest, ...changes });
}
