import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { sweepScratch, withScratch } from '../../activities/runtime/scratch.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'beatreel-sweep-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

test('a scratch folder is there while work lasts and gone after it', async () => {
  const result = await withScratch(join(root, 'made', 'when', 'missing'), async (folder) => {
    await writeFile(join(folder, 'clip.mp4'), 'footage');
    return readdir(folder);
  });

  expect(result).toEqual(['clip.mp4']);
  expect(await readdir(join(root, 'made', 'when', 'missing'))).toEqual([]);
});

test('a scratch folder is gone after a failure as well, and the failure is told', async () => {
  await expect(withScratch(root, () => Promise.reject(new Error('No.')))).rejects.toThrow('No.');

  expect(await readdir(root)).toEqual([]);
});

test('two works at once have folders of their own', async () => {
  const folders = await Promise.all([1, 2].map(() => withScratch(root, (folder) => Promise.resolve(folder))));

  expect(new Set(folders).size).toBe(2);
});

test('what a killed worker left is removed, and nothing else', async () => {
  const { pid: goneId } = spawnSync(process.execPath, ['--eval', '']);
  const left = join(root, `beatreel-scratch-${goneId}-abc`);
  await mkdir(left);
  await writeFile(join(left, 'clip.mp4'), 'footage');
  await mkdir(join(root, 'of-somebody-else'));
  await writeFile(join(root, `beatreel-fleet-${goneId}`), '');

  await withScratch(root, async (mine) => {
    // One that runs and does not belong to this worker: the parent of this process.
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
