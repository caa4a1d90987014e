import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { execa } from 'execa';

import { appendTruncation } from '../../activities/planning/truncation-log.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

const entry = { videoId: 'my-video', originalCount: 10, truncatedCount: 3 };
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'beatreel-truncation-'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function readLines(folder: string): Promise<unknown[]> {
  const text = await readFile(join(folder, 'beat_truncation.log'), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
}

test('a truncation is one line of JSON in a folder that is made for it', async () => {
  const folder = join(root, 'deep', 'logs');
  expect(await appendTruncation(folder, entry)).toBe(true);

  expect(await readLines(folder)).toEqual([
    { timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string, ...entry },
  ]);
});

test('several processes at once leave one whole line for each call', async () => {
  const program = fileURLToPath(new URL('support/append-from-process.ts', import.meta.url));
  await Promise.all(
    Array.from({ length: 3 }, () => execa(process.execPath, [...typescriptFlags, program, root, '20'])),
  );

  expect(await readLines(root)).toHaveLength(60);
});

test('a folder that cannot be made is told and fails nothing', async () => {
  await writeFile(join(root, 'logs'), 'a file where the folder should be');

  expect(await appendTruncation(join(root, 'logs'), entry)).toBe(false);
});

test('a log that cannot be written is told and fails nothing', async () => {
  await mkdir(join(root, 'beat_truncation.log'));

  expect(await appendTruncation(root, entry)).toBe(false);
});
