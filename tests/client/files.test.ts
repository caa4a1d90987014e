import { manifestFields } from '../../domain/media.ts';
import { lstat, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import { downloadVideo } from '../../client/files/download-video.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { verifyVideo } from '../../client/files/verify-video.ts';
import { putVideo } from './support/put-video.ts';
import { forgotten, newId, restate, useFileStore } from './support/use-file-store.ts';

const bench = useFileStore();

async function overwrite(key: string, bytes: string): Promise<void> {
  await bench.store.putBytes(key, Buffer.from(bytes), { contentType: 'application/octet-stream' });
}

test('a whole video is verified by every byte of it', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);
  const report = await verifyVideo(bench.files, videoId, forgotten);
  expect(report).toMatchObject({
    ok: true,
    status: 'succeeded',
    manifestKey: `videos/${videoId}/manifest-r1.json`,
    counts: { beats: 3, stills: 3, plannedChunks: 4, chunks: 4, clips: 4 },
    filesChecked: 16,
    problems: [],
  });
  expect(report.bytesChecked).toBeGreaterThan(14);
});

test('files of every kind are missed', async () => {
  const videoId = newId();
  const manifest = await putVideo(bench.store, videoId);
  const files = manifestFields.flatMap((field) => manifest[field] ?? []);
  await bench.store.deleteMany(files.map(({ key }) => key));

  const { problems } = await verifyVideo(bench.files, videoId, forgotten);

  expect(problems.filter(({ kind }) => kind === 'missing').map(({ unit }) => unit)).toEqual([
    ...[
      'still-b1',
      'still-b2',
      'still-b3',
      'preview',
      'chunk-b1-1',
      'chunk-b2-1',
      'chunk-b2-2',
      'chunk-b3-1',
    ],
    ...['clip-b1-1', 'clip-b2-1', 'clip-b2-2', 'clip-b3-1', 'cut', 'score', 'video'],
  ]);
});

test('a missing, a truncated and a swapped file are each named with their beat', async () => {
  const videoId = newId();
  const { stills, chunks, clips } = await putVideo(bench.store, videoId);
  await bench.store.deleteMany([stills[2]!.key]);
  await overwrite(chunks[2]!.key, 'chu');
  await overwrite(clips[0]!.key, 'clip-b1-X');

  const { ok, problems } = await verifyVideo(bench.files, videoId, forgotten);
  expect(ok).toBe(false);
  expect(problems).toMatchObject([
    { kind: 'missing', unit: 'still-b3', beat: 'b3', key: stills[2]!.key },
    { kind: 'truncated', unit: 'chunk-b2-2', beat: 'b2', chunk: 1, key: chunks[2]!.key },
    { kind: 'swapped', unit: 'clip-b1-1', beat: 'b1', chunk: 0, key: clips[0]!.key },
  ]);
  expect(problems[0]!.text).toBe(`still-b3, ${stills[2]!.key}, is missing.`);
  expect(problems[1]!.text).toBe(`chunk-b2-2, ${chunks[2]!.key}, is truncated: 3 of 10 bytes are there.`);
});

test('two files that changed places are both found', async () => {
  const videoId = newId();
  const { stills } = await putVideo(bench.store, videoId);
  await overwrite(stills[0]!.key, 'still-b2');
  await overwrite(stills[1]!.key, 'still-b1');
  const { problems } = await verifyVideo(bench.files, videoId, forgotten);
  expect(problems).toMatchObject([
    { kind: 'swapped', beat: 'b1' },
    { kind: 'swapped', beat: 'b2' },
  ]);
});

test('counts and places are checked, not assumed', async () => {
  const videoId = newId();
  const manifest = await putVideo(bench.store, videoId);
  const { stills, chunks, clips } = manifest;
  await restate(bench, manifest, {
    stills: stills.slice(0, 2),
    chunks: [chunks[1]!, chunks[0]!, chunks[2]!, chunks[3]!],
    clips: [...clips, { ...clips[3]!, unit: 'clip-b3-2', chunk: 1 }],
  });
  const texts = (await verifyVideo(bench.files, videoId, forgotten)).problems.map(({ text }) => text);
  expect(texts).toEqual(
    expect.arrayContaining([
      'There are 2 stills for 3 beats.',
      'There are 5 clips for 4 chunks.',
      expect.stringContaining('chunk-b2-1 stands at'),
      expect.stringContaining('clip-b3-2 has the file of clip-b3-1'),
    ]),
  );
});

test('a canceled video is whole as far as it goes, and still not complete', async () => {
  const videoId = newId();
  const manifest = await putVideo(bench.store, videoId);
  await restate(bench, manifest, { status: 'canceled', cut: null, video: null });
  const { problems } = await verifyVideo(bench.files, videoId, forgotten);
  expect(problems.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    'status: The video is canceled; only a succeeded one is complete.',
    'count: There is no cut.',
    'count: There is no video.',
  ]);
});

test('the manifest of the highest revision counts', async () => {
  const videoId = newId();
  const manifest = await putVideo(bench.store, videoId);
  await bench.store.putJson(`videos/${videoId}/manifest-r10.json`, { ...manifest, revision: 10 });
  await bench.store.putJson(`videos/${videoId}/manifest-r9.json`, { ...manifest, revision: 9 });
  expect(await verifyVideo(bench.files, videoId, forgotten)).toMatchObject({
    manifestKey: `videos/${videoId}/manifest-r10.json`,
  });
});

test('a video without a manifest, or with a broken one, says so', async () => {
  const videoId = newId();
  await expect(verifyVideo(bench.files, videoId, forgotten)).rejects.toMatchObject({
    code: 'ManifestMissing',
    videoId,
  });
  await bench.store.putJson(`videos/${videoId}/manifest-r1.json`, { version: 2 });
  await expect(verifyVideo(bench.files, videoId, forgotten)).rejects.toThrow(
    `manifest-r1.json is not a manifest (version: `,
  );
});

test('a video is downloaded whole under the name asked for, or its own in a folder', async () => {
  const videoId = newId();
  const { video } = await putVideo(bench.store, videoId);
  const received: number[] = [];
  const into = await mkdtemp(join(bench.folder, 'into-'));
  const file = await downloadVideo(
    bench.files,
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
  const { video } = await putVideo(bench.store, videoId);
  await overwrite(video!.key, 'vidEo');
  const into = await mkdtemp(join(bench.folder, 'damaged-'));
  const path = join(into, 'mine.mp4');
  await writeFile(path, 'before');
  await expect(
    downloadVideo(bench.files, { videoId, path, record: forgotten }, { overwrite: true }),
  ).rejects.toMatchObject({
    code: 'FileDamaged',
  });
  expect(await readFile(path, 'utf8')).toBe('before');
  expect(await readdir(into)).toEqual(['mine.mp4']);
});

test('a file that is there is replaced only when that is said', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);
  const path = join(await mkdtemp(join(bench.folder, 'taken-')), 'mine.mp4');
  await writeFile(path, 'before');
  await expect(downloadVideo(bench.files, { videoId, path, record: forgotten })).rejects.toThrow(
    'exists already',
  );
  expect(await readFile(path, 'utf8')).toBe('before');
  await downloadVideo(bench.files, { videoId, path, record: forgotten }, { overwrite: true });
  expect(await readFile(path, 'utf8')).toBe('video');
});

test('a video replaces no pipe, link or device, whatever is said', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);
  const into = await mkdtemp(join(bench.folder, 'special-'));
  await writeFile(join(into, 'target.mp4'), 'before');
  await symlink(join(into, 'target.mp4'), join(into, 'link.mp4'));
  await execa('sh', ['-c', 'mkfifo "$0"', join(into, 'pipe.mp4')]);
  for (const path of [join(into, 'link.mp4'), join(into, 'pipe.mp4'), '/dev/null']) {
    const saving = downloadVideo(bench.files, { videoId, path, record: forgotten }, { overwrite: true });
    await expect(saving).rejects.toThrow('not a regular file');
  }
  expect(await readFile(join(into, 'target.mp4'), 'utf8')).toBe('before');
  expect((await lstat('/dev/null')).isCharacterDevice()).toBe(true);
});

test('a download into a folder that is not there is a setting to correct', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);
  const path = join(bench.folder, 'nowhere', 'a.mp4');
  await expect(downloadVideo(bench.files, { videoId, path, record: forgotten })).rejects.toThrow(
    `there is no folder ${join(bench.folder, 'nowhere')}`,
  );
});

test('a file that cannot be written is told as that, and not as an answer of the store', async () => {
  const videoId = newId();
  await putVideo(bench.store, videoId);
  // Longer than file systems allow, once our own ending is added.
  const path = join(bench.folder, `${'a'.repeat(240)}.mp4`);

  await expect(downloadVideo(bench.files, { videoId, path, record: forgotten })).rejects.toMatchObject({
    code: 'InvalidSettings',
    message: `Writing ${path} failed: the system refuses it (ENAMETOOLONG). Make room, or name another place.`,
  });
});

test('a store that does not answer is named with the variable that says where it is', async () => {
  const nowhere = new FileStore({ ...bench.server.s3.settings, endpoint: 'http://127.0.0.1:9' });
  await expect(verifyVideo(nowhere, 'any', forgotten)).rejects.toMatchObject({
    code: 'ServerUnreachable',
    server: 'S3',
    message: expect.stringMatching(/bucket .* at http:\/\/127\.0\.0\.1:9.*S3_ENDPOINT/) as unknown,
  });
  nowhere.close();
});

test('a missing bucket is a setting to correct', async () => {
  const lost = new FileStore({ ...bench.server.s3.settings, bucket: 'no-such-bucket' });
  await expect(lost.use((open) => open.hashObject('a'))).rejects.toMatchObject({
    code: 'InvalidSettings',
    message: expect.stringMatching(
      /there is no bucket no-such-bucket at http:.*\. Create it, or set S3_BUCKET and S3_ENDPOINT\.$/,
    ) as unknown,
  });
  lost.close();
});
