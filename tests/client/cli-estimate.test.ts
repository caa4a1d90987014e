import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { createFakeWorld, unknownModel } from './support/fake-world.ts';
import { readPage } from './support/read-page.ts';
import { type CliEnvironment, runCli } from './support/run-cli.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const asked = ['--prompt', 'Rain on a tin roof', '--duration', '10'];

let temporal: TestTemporal;
let bucket: TestObjectStore;
let fleet: Fleet;
let env: CliEnvironment;

beforeAll(async () => {
  [temporal, bucket] = await Promise.all([startTemporalServer(), startObjectStore()]);
  fleet = await startFleet(temporal.address, createFakeWorld().activities);
  env = cliEnvironment({ temporal, bucket, taskQueue: fleet.taskQueue });
});
afterAll(async () => {
  await fleet.stop();
  await bucket.stop();
  await temporal.stop();
});

test('estimate prints the storyboard, the units of each phase and the most they cost', async () => {
  const run = await runCli(env, ['estimate', ...asked, '--video-id', 'priced']);

  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout).toMatch(/^Rain on a tin roof: 10 s in 2 beats, planned by built-in, template plain$/m);
  expect(run.stdout).toMatch(
    /^Beat 2 {2}5–10 s \(5 s, 1 chunk\), opening: Beat 1\n {2}still +still 1\n {2}motion +motion 1$/m,
  );
  expect(run.stdout).toMatch(/^storyboard +fake +2 +\$0\.01 +\$0\.02$/m);
  expect(run.stdout).toMatch(/^total +\$0\.\d{2,3}$/m);
  expect(run.stdout).toContain('--video-id priced');
});

test('start --dry-run prints the same and starts nothing', async () => {
  const estimate = await runCli(env, ['estimate', ...asked, '--video-id', 'dry', '--json']);
  const dry = await runCli(env, ['start', ...asked, '--video-id', 'dry', '--dry-run', '--json']);

  expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
  expect(dry.json()).toEqual(estimate.json());
  expect((await runCli(env, ['status', 'dry'])).exitCode).toBe(5);
});

test('an estimate is written as a page, too, where that is wanted', async () => {
  const file = join(await mkdtemp(join(tmpdir(), 'beatreel-page-')), 'storyboard.html');
  try {
    const estimate = await runCli(env, ['estimate', ...asked, '--html', file, '--json']);
    const page = await readFile(file, 'utf8');
    const dry = await runCli(env, ['start', '--dry-run', ...asked, '--html', file]);

    expect(estimate).toMatchObject({ exitCode: 0, stderr: '' });
    expect(estimate.json()).toMatchObject({
      beats: [{ stillPrompt: 'still 0' }, { motionPrompt: 'motion 1' }],
    });
    const shown = readPage(page)
      .filter(({ name }) => name === 'dd')
      .map(({ text }) => text);
    expect(shown).toEqual(expect.arrayContaining(['still 0', 'motion 0', 'still 1', 'motion 1']));
    expect(dry).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(file) as string });
  } finally {
    await rm(dirname(file), { recursive: true });
  }
});

test('a page that cannot be written, or that a start would not show, is a usage error', async () => {
  const lost = await runCli(env, ['estimate', ...asked, '--html', '/no/such/folder/page.html']);
  const started = await runCli(env, ['start', ...asked, '--html', 'page.html', '--video-id', 'pageless']);

  expect(lost).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('/no/such/folder/page.html') as string,
  });
  expect(started).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--dry-run') as string });
  expect((await runCli(env, ['status', 'pageless'])).exitCode).toBe(5);
});

test('a budget below the estimate is warned of, and the video is started all the same', async () => {
  const run = await runCli(env, ['start', ...asked, '--budget', '0.01', '--video-id', 'short', '--json']);

  expect(run.exitCode).toBe(0);
  expect(run.json()).toMatchObject({ videoId: 'short', alreadyStarted: false });
  expect(run.stderr).toMatch(
    /The plan may cost up to \$0\.\d{2,3}, and the budget is \$0\.01: the video stops and waits .* \(storyboard 2: /,
  );
});

test('a budget that is enough is no warning', async () => {
  const run = await runCli(env, ['start', ...asked, '--budget', '5', '--video-id', 'rich']);

  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a planner is part of the brief', async () => {
  const run = await runCli(env, ['estimate', ...asked, '--planner', 'No Such']);

  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain('models.planner is "No Such"');
});

test('a brief that the workers refuse is refused by an estimate, and by a dry run', async () => {
  for (const command of [['estimate'], ['start', '--dry-run']]) {
    const run = await runCli(env, [...command, ...asked, '--still', unknownModel, '--budget', '1']);

    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('models.still');
  }
});

test('where no worker answers there is no estimate, and a video with a budget is started without a warning', async () => {
  const lonely = { ...env, BEATREEL_QUEUE_PREFIX: 'nobody' };

  const [estimate, start] = await Promise.all([
    runCli(lonely, ['estimate', ...asked]),
    runCli(lonely, ['start', ...asked, '--budget', '0.01', '--video-id', 'alone']),
  ]);

  expect(estimate.exitCode).toBe(7);
  expect(estimate.stderr).toContain('No worker answered on task queue nobody-orchestrator within 10 s');
  expect(start).toMatchObject({ exitCode: 0, stderr: '' });
});
