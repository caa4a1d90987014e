import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { sweepScratch, withScratch } from '../../activities/runtime/scratch.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'beatreel-sweep-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a scratch folder is there while work lasts and gone after it', async () => {
  const result = await withScratch(
    { root: join(root, 'made', 'when', 'missing'), needsBytes: 0 },
    async (folder) => {
      await writeFile(join(folder, 'clip.mp4'), 'footage');
      return readdir(folder);
    },
  );

  expect(result).toEqual(['clip.mp4']);
  expect(await readdir(join(root, 'made', 'when', 'missing'))).toEqual([]);
});

test('a scratch folder is gone after a failure as well, and the failure is told', async () => {
  await expect(withScratch({ root, needsBytes: 0 }, () => Promise.reject(new Error('No.')))).rejects.toThrow(
    'No.',
  );

  expect(await readdir(root)).toEqual([]);
});

test('two works at once have folders of their own', async () => {
  const folders = await Promise.all(
    [1, 2].map(() => withScratch({ root, needsBytes: 0 }, (folder) => Promise.resolve(folder))),
  );

  expect(new Set(folders).size).toBe(2);
});

test('only the scratch folder of a killed worker is removed', async () => {
  const { pid: goneId } = spawnSync(process.execPath, ['--eval', '']);
  const left = join(root, `beatreel-scratch-${goneId}-abc`);
  await mkdir(left);
  await writeFile(join(left, 'clip.mp4'), 'footage');
  await mkdir(join(root, 'of-somebody-else'));
  await writeFile(join(root, `beatreel-fleet-${goneId}`), '');

  await withScratch({ root, needsBytes: 0 }, async (mine) => {
    // The folder of another live process: this process's parent.
    await mkdir(join(root, `beatreel-scratch-${process.ppid}-abc`));

    await sweepScratch(root);

    const kept = [
      mine,
      `beatreel-fleet-${goneId}`,
      `beatreel-scratch-${process.ppid}-abc`,
      'of-somebody-else',
    ];
    expect((await readdir(root)).sort()).toEqual(kept.map((path) => path.replace(`${root}/`, '')).sort());
  });
});

test('a sweep of a folder that does not exist does nothing', async () => {
  await sweepScratch(join(root, 'none'));

  expect(await readdir(root)).toEqual([]);
});

test('work that cannot fit is not begun, may be tried again, and says what is missing', async () => {
  let begun = false;
  const work = () => Promise.resolve((begun = true));

  await expect(withScratch({ root, needsBytes: Number.MAX_SAFE_INTEGER }, work)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    message: expect.stringMatching(/bytes free; \d+ are needed.*BEATREEL_SCRATCH/) as string,
  });
  expect(begun).toBe(false);
  expect(await readdir(root)).toEqual([]);
});

test.each([
  ['a write that fails', Object.assign(new Error('write'), { code: 'ENOSPC' })],
  [
    'ffmpeg',
    new BeatreelFailure(
      'MediaToolFailed',
      'ffmpeg failed: av_interleaved_write_frame(): No space left on device',
    ),
  ],
  ['a cause', new Error('Saving failed', { cause: Object.assign(new Error('write'), { code: 'ENOSPC' }) })],
])('a disk that gets full is told by %s, may be tried again, and leaves nothing', async (_, error) => {
  const work = async (folder: string) => {
    await writeFile(join(folder, 'half.mp4'), 'half');
    throw error;
  };

  await expect(withScratch({ root, needsBytes: 0 }, work)).rejects.toMatchObject({
    type: 'ProviderUnavailable',
    cause: error,
  });
  expect(await readdir(root)).toEqual([]);
});
