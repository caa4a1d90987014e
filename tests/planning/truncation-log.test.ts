import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
  expect(await readdir(folder)).toEqual(['beat_truncation.log']);
});

test('the same video is written down once, however often it is told', async () => {
  for (let turn = 0; turn < 3; turn += 1) expect(await appendTruncation(root, entry)).toBe(true);

  expect(await readLines(root)).toHaveLength(1);
});

test('a video whose name begins like another has a line of its own', async () => {
  await appendTruncation(root, entry);
  await appendTruncation(root, { ...entry, videoId: 'my-video-2' });
  await appendTruncation(root, { ...entry, videoId: 'my' });

  expect(await readLines(root)).toHaveLength(3);
});

test('many writers at once leave one whole line per video', async () => {
  const videos = Array.from({ length: 10 }, (_, at) => `video-${at}`);
  const written = await Promise.all(
    [...videos, ...videos, ...videos].map((videoId) => appendTruncation(root, { ...entry, videoId })),
  );

  expect(written).toEqual(written.map(() => true));
  const ids = (await readLines(root)).map((line) => (line as typeof entry).videoId);
  expect(ids.sort()).toEqual([...videos].sort());
  expect(await readdir(root)).toEqual(['beat_truncation.log']);
});

test('several processes at once leave one whole line per video', async () => {
  const program = fileURLToPath(new URL('support/append-from-process.ts', import.meta.url));
  await Promise.all(
    Array.from({ length: 3 }, () => execa(process.execPath, [...typescriptFlags, program, root, '20'])),
  );

  const ids = (await readLines(root)).map((line) => (line as typeof entry).videoId);
  expect(ids).toHaveLength(20);
  expect(new Set(ids).size).toBe(20);
});

test('a writer that died before it wrote is taken over from', async () => {
  await writeFile(join(root, '.beat_truncation.my-video.0'), '');
  expect(await appendTruncation(root, entry)).toBe(true);

  expect(await readLines(root)).toHaveLength(1);
  expect(await readdir(root)).toEqual(['beat_truncation.log']);
});

test('a line that was cut off stays apart from the next, and its video is written down again', async () => {
  await appendFile(
    join(root, 'beat_truncation.log'),
    '{"timestamp":"2026-01-01T00:00:00.000Z","videoId":"my-video","orig',
  );
  expect(await appendTruncation(root, entry)).toBe(true);

  const lines = (await readFile(join(root, 'beat_truncation.log'), 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject(entry);
});

test('a folder that cannot be made is told and fails nothing', async () => {
  await writeFile(join(root, 'logs'), 'a file where the folder should be');

  expect(await appendTruncation(join(root, 'logs'), entry)).toBe(false);
});

test('a log that cannot be written is told, fails nothing and leaves no claim', async () => {
  await mkdir(join(root, 'beat_truncation.log'));

  expect(await appendTruncation(root, entry)).toBe(false);
  expect(await readdir(root)).toEqual(['beat_truncation.log']);
});
