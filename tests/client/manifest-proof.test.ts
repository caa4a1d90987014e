import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { downloadVideo } from '../../client/files/download-video.ts';
import type { ManifestRecord } from '../../client/files/read-manifest.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import { putVideo } from './support/put-video.ts';
import { forgotten, newId, restate, useFileStore } from './support/use-file-store.ts';

const bench = useFileStore();

test('only the manifest that the workflow recorded is proven', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);

  expect(await verifyVideo(bench.files, videoId, await recordOf(videoId))).toMatchObject({
    ok: true,
    manifestProven: true,
  });
  expect(await verifyVideo(bench.files, videoId, forgotten)).toMatchObject({
    ok: true,
    manifestProven: false,
    unprovenBecause: 'Temporal forgot it',
  });
});

test('a manifest that is not the one the workflow recorded is swapped, and its video is not delivered', async () => {
  const videoId = newId();
  const manifest = await putVideo(bench.store, videoId);
  const record = await recordOf(videoId);
  const foreign = await bench.store.putBytes(`videos/${videoId}/foreign.bin`, Buffer.from('foreign'), {
    contentType: 'video/mp4',
  });
  await restate(bench, manifest, { video: { ...manifest.video!, ...foreign } });

  const report = await verifyVideo(bench.files, videoId, record);
  expect(report).toMatchObject({ ok: false, manifestProven: false, problems: [{ unit: 'manifest' }] });
  const path = join(bench.folder, `${videoId}.mp4`);
  await expect(downloadVideo(bench.files, { videoId, path, record })).rejects.toMatchObject({
    code: 'FileDamaged',
  });
  expect(await readdir(bench.folder)).not.toContain(`${videoId}.mp4`);
});

test('a later manifest that no workflow recorded does not count', async () => {
  const videoId = newId();
  const manifest = await putVideo(bench.store, videoId);
  const record = await recordOf(videoId);
  await bench.store.putJson(`videos/${videoId}/manifest-r2.json`, { ...manifest, revision: 2, video: null });

  expect(await verifyVideo(bench.files, videoId, record)).toMatchObject({
    ok: true,
    manifestKey: `videos/${videoId}/manifest-r1.json`,
  });
});

test.each(['videos/another/video.bin', 'uploads/acme/video.bin', 'videos/x/../another/video.bin'])(
  'a manifest that names %s names a file of somebody else',
  async (key) => {
    const videoId = newId();
    const manifest = await putVideo(bench.store, videoId);
    const stored = await bench.store.putBytes('videos/another/video.bin', Buffer.from('theirs'), {
      contentType: 'video/mp4',
    });
    await restate(bench, manifest, { video: { ...manifest.video!, ...stored, key } });
    const record = await recordOf(videoId);

    const { problems } = await verifyVideo(bench.files, videoId, record);
    expect(problems).toMatchObject([{ kind: 'foreign', unit: 'video', key }]);
    const path = join(bench.folder, `${videoId}.mp4`);
    await expect(downloadVideo(bench.files, { videoId, path, record })).rejects.toThrow(
      `video names ${key}, which is not in videos/${videoId}/.`,
    );
  },
);

/** The manifest of a video as its workflow would have recorded it now. */
async function recordOf(videoId: string): Promise<ManifestRecord> {
  const key = `videos/${videoId}/manifest-r1.json`;
  return { recorded: { key, contentType: 'application/json', ...(await bench.store.hashObject(key)) } };
}
