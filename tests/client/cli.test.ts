import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { putVideo } from './support/put-video.ts';
import { type CliEnvironment, runCli } from './support/run-cli.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

let temporal: TestTemporal;
let bucket: TestObjectStore;
let store: ObjectStore;
let env: CliEnvironment;
let folder: string;

beforeAll(async () => {
  [temporal, bucket] = await Promise.all([startTemporalServer(), startObjectStore()]);
  store = createObjectStore(bucket.s3);
  folder = await mkdtemp(join(tmpdir(), 'beatreel-cli-'));
  env = cliEnvironment({ temporal, bucket });
});

afterAll(async () => {
  await bucket.stop();
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
});

test('a wrong brief is refused before anything is connected, with every problem', async () => {
  const args = ['start', '--prompt', 'x', '--duration', 'long', '--aspect', '4:3'];
  const run = await runCli({}, args);
  expect(run).toMatchObject({ exitCode: 2, stdout: '' });
  expect(run.stderr).toBe(
    'beatreel: The brief has 2 problems:\n' +
      '  durationSeconds is NaN: must be a number\n' +
      '  aspectRatio is "4:3": one of 16:9, 9:16, 1:1',
  );
  expect((await runCli({}, [...args, '--json'])).json()).toMatchObject({
    error: { code: 'InvalidBrief', problems: [{ field: 'durationSeconds' }, { field: 'aspectRatio' }] },
  });
});

test('wrong options exit with 2 and say what is wrong', async () => {
  const nothing = await runCli({}, ['start']);
  expect(nothing).toMatchObject({ exitCode: 2, stdout: '' });
  expect(nothing.stderr).toContain('Give --brief FILE, or --prompt TEXT and --duration SECONDS.');

  const unknown = await runCli({}, ['status', 'a', '--colour', '--json']);
  expect(unknown).toMatchObject({ exitCode: 2, stderr: '' });
  expect(unknown.json()).toEqual({ error: { code: 'UsageError', message: "unknown option '--colour'" } });

  const noFile = await runCli({}, ['start', '--brief', join(folder, 'nothing.json')]);
  expect(noFile.exitCode).toBe(2);
  expect(noFile.stderr).toContain('No brief can be read from');
});

test('the help documents the exit codes and that beats count from 1', async () => {
  const run = await runCli({}, ['--help']);
  expect(run.exitCode).toBe(0);
  expect(run.stdout).toContain('3  the video waits for a person, or for money');
  expect(run.stdout).toContain('Beats and chunks count from 1, as in --beat 2 and chunk-b2-1.');
});

test('the version is that of the package', async () => {
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  expect(await runCli({}, ['--version'])).toMatchObject({ exitCode: 0, stdout: version });
});

test('an estimate of a picture that is not there is refused as its start would be', async () => {
  const args = [
    ...['estimate', '--prompt', 'A mug', '--duration', '5'],
    '--product-image',
    './not-there.png',
  ];
  const run = await runCli(env, args);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('the file cannot be read (ENOENT)');
});

test('an unknown id exits with 5', async () => {
  const run = await runCli(env, ['status', 'nobody']);
  expect(run).toMatchObject({ exitCode: 5, stdout: '' });
  expect(run.stderr).toBe('beatreel: There is no video "nobody": Temporal knows none in namespace default.');
  expect(await runCli(env, ['verify', 'nobody'])).toMatchObject({ exitCode: 5 });
});

test('verify exits with 6 when a file is missing, and names it with its beat', async () => {
  const videoId = `files-${Date.now()}`;
  const { stills } = await putVideo(store, videoId);
  const whole = await runCli(env, ['verify', videoId]);
  // No workflow made it, so nothing proves its manifest.
  expect(whole).toMatchObject({ exitCode: 9, stderr: '' });
  expect(whole.stdout).toContain('3 beats, 3 stills; 4 planned chunks, 4 chunks, 4 clips.');
  expect(whole.stdout).toContain(
    `${videoId} is whole.\nThe manifest is unproven: Temporal no longer knows the video.`,
  );

  await store.deleteMany([stills[1]!.key]);
  const broken = await runCli(env, ['verify', videoId]);
  expect(broken.exitCode).toBe(6);
  expect(broken.stdout).toContain(`missing: still-b2, ${stills[1]!.key}, is missing.`);
  const report = await runCli(env, ['verify', videoId, '--json']);
  expect(report.exitCode).toBe(6);
  expect(report.json()).toMatchObject({ ok: false, problems: [{ kind: 'missing', beat: 'b2' }] });
});

test('download saves the video where it was told', async () => {
  const videoId = `files-${Date.now()}`;
  await putVideo(store, videoId);
  const path = join(folder, `${videoId}.mp4`);
  const run = await runCli(env, ['download', videoId, '--out', folder, '--json']);
  expect(run.exitCode).toBe(9);
  expect(run.json()).toMatchObject({ videoId, path, sizeBytes: 5, manifestProven: false });
  expect(await readFile(path, 'utf8')).toBe('video');
  const again = await runCli(env, ['download', videoId, '--out', folder]);
  expect(again.stderr).toContain('exists already');
  // Temporal does not know this video, so its manifest is unproven.
  expect((await runCli(env, ['download', videoId, '--out', folder, '--force'])).exitCode).toBe(9);
});

test('download writes to the standard output where it is told so', async () => {
  const videoId = `files-${Date.now()}`;
  await putVideo(store, videoId);
  expect(await runCli(env, ['download', videoId, '--out', '-'])).toMatchObject({
    exitCode: 9,
    stdout: 'video',
    stderr: 'The manifest is unproven: Temporal no longer knows the video.',
  });
  expect((await runCli(env, ['download', videoId, '--out', '-', '--json'])).exitCode).toBe(2);
});

test('the ledger is read of ids alone', async () => {
  const { exitCode, stderr } = await runCli(env, ['ledger', '../uploads']);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain('an id is 1–64 of a-z, 0-9 and -');
});

test('a server that does not answer exits with 7 and names the variable', async () => {
  const run = await runCli({ ...env, TEMPORAL_ADDRESS: '127.0.0.1:9' }, ['list', '--json']);
  expect(run).toMatchObject({ exitCode: 7, stderr: '' });
  expect(run.json()).toMatchObject({
    error: {
      code: 'ServerUnreachable',
      server: 'Temporal',
      message: expect.stringContaining('TEMPORAL_ADDRESS') as unknown,
    },
  });
  const store = await runCli({ ...env, S3_ENDPOINT: 'http://127.0.0.1:9' }, ['verify', 'nobody']);
  expect(store.exitCode).toBe(7);
  expect(store.stderr).toContain('S3_ENDPOINT');
});

test.each([
  {
    what: 'an absent server',
    args: ['--limit', '5'],
    changes: { TEMPORAL_ADDRESS: '127.0.0.1:9' },
    words: /does not answer at 127\.0\.0\.1:9/,
  },
  {
    what: 'a query that is none',
    args: ['--query', 'Nothing = 1'],
    words: /^Replaying histories failed: Temporal at .* answered/,
  },
  {
    what: 'a limit that is no number',
    args: ['--limit', 'x'],
    words: /'--limit <number>' argument 'x' is invalid.*0 to 100000/,
  },
])('replay answers $what in one sentence', async ({ args, changes, words }) => {
  const run = await runCli({ ...env, ...changes }, ['replay', ...args]);

  expect(run).toMatchObject({ stdout: '', stderr: expect.stringMatching(words) as unknown });
  expect(run.exitCode).not.toBe(0);
  expect(run.stderr).not.toMatch(/^ +at /m);
});
