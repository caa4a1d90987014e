import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import type { VideoProgress } from '../../client/index.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { drawPng } from '../support/picture-files.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { createFakeWorld, type FakeWorld, unknownModel } from './support/fake-world.ts';
import { type CliEnvironment, runCli, spawnCli } from './support/run-cli.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const asked = ['--prompt', 'Rain on a tin roof', '--duration', '10'];

let temporal: TestTemporal;
let bucket: TestObjectStore;
let store: ObjectStore;
let world: FakeWorld;
let fleet: Fleet;
let env: CliEnvironment;
let folder: string;

beforeAll(async () => {
  [temporal, bucket] = await Promise.all([startTemporalServer(), startObjectStore()]);
  store = createObjectStore(bucket.s3);
  world = createFakeWorld();
  fleet = await startFleet(temporal.address, world.activities);
  folder = await mkdtemp(join(tmpdir(), 'beatreel-cli-'));
  env = cliEnvironment({ temporal, bucket, taskQueue: fleet.taskQueue });
});

beforeEach(() => {
  world.failing.clear();
  world.prompts.clear();
});

afterEach(() => {
  world.release();
});

afterAll(async () => {
  await fleet.stop();
  await bucket.stop();
  await temporal.stop();
  await rm(folder, { recursive: true, force: true });
});

function newId(): string {
  return `cli-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

async function startParked(): Promise<string> {
  world.failing.add('still-b2');
  const videoId = newId();
  const run = await runCli(env, ['start', ...asked, '--video-id', videoId, '--wait']);
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain(
    'still-b2 failed: ContentRejected, The picture shows what the host does not draw.',
  );
  expect(run.stderr).toContain(`beatreel: Video ${videoId} is parked`);
  expect(run.stderr).toContain(`beatreel retry ${videoId} --unit still-b2 --prompt "OTHER WORDS"`);
  return videoId;
}

test('start prints the id, how to watch, and where the Web UI shows it', async () => {
  const videoId = newId();
  const ui = { ...env, TEMPORAL_UI_URL: 'http://ui.test:8233/' };
  const run = await runCli(ui, ['start', ...asked, '--video-id', videoId]);
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.stdout).toBe(
    `Started ${videoId}.\n` +
      `Web UI: http://ui.test:8233/namespaces/default/workflows/${videoId}\n` +
      `Watch it: beatreel watch ${videoId}`,
  );
});

test('start with the same request id starts nothing twice', async () => {
  const args = ['start', ...asked, '--request-id', newId(), '--json'];
  const first = await runCli(env, args);
  const second = await runCli(env, args);
  const { videoId, runId } = first.json() as { videoId: string; runId: string };
  expect(first.json()).toEqual({ videoId, runId, alreadyStarted: false });
  expect(second.json()).toEqual({ videoId, runId, alreadyStarted: true });
});

test('start reads a file, and options go before it', async () => {
  const videoId = newId();
  const brief = {
    prompt: 'Rain',
    durationSeconds: 5,
    title: 'In the file',
    productImage: './mug.png',
    music: { style: 'piano' },
  };
  await writeFile(join(folder, 'brief.json'), JSON.stringify(brief));
  await writeFile(join(folder, 'mug.png'), drawPng());
  const args = [
    'start',
    '--brief',
    join(folder, 'brief.json'),
    '--duration',
    '10',
    '--title',
    'Said here',
    '--no-music',
  ];
  const run = await runCli(env, [...args, '--video-id', videoId, '--wait', '--json']);
  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  expect(run.json()).toMatchObject({ videoId, status: 'succeeded', beats: 2, music: { status: 'off' } });
  const listing = await store.list('uploads/default/').next();
  expect(listing.value).toMatchObject({
    key: expect.stringMatching(/^uploads\/default\/[0-9a-f]{32}-[0-9a-f]{64}\.png$/) as unknown,
  });
});

test('a brief that the workflow refuses exits like one that the client refuses', async () => {
  const run = await runCli(env, ['start', ...asked, '--still', unknownModel, '--wait', '--json']);
  expect(run.exitCode).toBe(2);
  expect(run.json()).toMatchObject({
    error: { code: 'InvalidBrief', problems: [{ field: 'models.still' }] },
  });
});

test('a parked video exits with 3, and a retry brings it to its end', async () => {
  const videoId = await startParked();
  const status = await runCli(env, ['status', videoId]);
  expect(status.exitCode).toBe(0);
  expect(status.stdout).toContain('Rain on a tin roof: parked, phase storyboard');
  expect(status.stdout).toContain('There is 1 still for 2 beats. still-b2: ContentRejected, ');
  expect(status.stdout).toMatch(/The host refused the words ".+"\. Ask for still-b2 in other words: /);

  const watched = await runCli(env, ['watch', videoId, '--json']);
  expect(watched.exitCode).toBe(3);
  expect(JSON.parse(watched.stdout.split('\n').at(-1) ?? '')).toMatchObject({
    error: {
      code: 'VideoParked',
      videoId,
      units: [{ name: 'still-b2' }],
      nextStep: expect.any(String) as unknown,
    },
  });

  const refused = await runCli(env, ['retry', videoId, '--beat', '1']);
  expect(refused.exitCode).toBe(8);
  expect(refused.stderr).toContain('No failed unit matches; failed are still-b2.');

  world.failing.clear();
  const retry = await runCli(env, ['retry', videoId, '--beat', '2', '--json']);
  expect(retry).toMatchObject({ exitCode: 0, stderr: '' });
  expect(retry.json()).toEqual({ videoId, units: ['still-b2'] });

  const watch = await runCli(env, ['watch', videoId]);
  expect(watch.exitCode).toBe(0);
  expect(watch.stderr).toContain('phase music succeeded');
  expect(watch.stdout).toContain(`${videoId} is done: 10 s, 2 beats`);
});

test('watch prints one line of JSON for every change, and nothing else', async () => {
  world.hold();
  const videoId = newId();
  await runCli(env, ['start', ...asked, '--video-id', videoId]);
  const watching = spawnCli(env, ['watch', videoId, '--json']);
  for await (const line of watching) {
    if ((JSON.parse(line) as VideoProgress).phase === 'storyboard') world.release();
  }
  const { stdout, stderr, exitCode } = await watching;
  const lines = stdout.split('\n').map((line) => JSON.parse(line) as VideoProgress);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.at(-1)).toMatchObject({ videoId, status: 'succeeded' });
});

test('Ctrl-C ends the watching and not the video', async () => {
  world.hold();
  const videoId = newId();
  await runCli(env, ['start', ...asked, '--video-id', videoId]);
  const watching = spawnCli(env, ['watch', videoId]);
  for await (const line of watching.iterable({ from: 'stderr' })) {
    if (line.includes('phase storyboard running')) watching.kill('SIGINT');
  }
  const { exitCode, stderr } = await watching;
  expect(exitCode).toBe(130);
  expect(stderr).toContain(`Interrupted. The video goes on: beatreel watch ${videoId}`);
  expect((await runCli(env, ['status', videoId, '--json'])).json()).toMatchObject({ status: 'running' });
});

test('a canceled video exits with 4 for whoever watches it', async () => {
  world.hold();
  const videoId = newId();
  await runCli(env, ['start', ...asked, '--video-id', videoId]);
  const cancel = await runCli(env, ['cancel', videoId]);
  expect(cancel).toMatchObject({ exitCode: 0 });
  expect(cancel.stdout).toContain(`Canceling ${videoId}.`);
  world.release();
  expect(await runCli(env, ['watch', videoId])).toMatchObject({ exitCode: 4 });
  const again = await runCli(env, ['cancel', videoId, '--json']);
  expect(again.json()).toEqual({ videoId, requested: false, status: 'canceled' });
});

test('list shows a table, and JSON for programs', async () => {
  const tenant = newId();
  const videoId = newId();
  await runCli(env, [
    'start',
    ...asked,
    '--video-id',
    videoId,
    '--tenant',
    tenant,
    '--title',
    'Listed',
    '--wait',
  ]);
  const list = ['list', '--tenant', tenant];
  let run = await runCli(env, list);
  // Visibility lags behind.
  while (!run.stdout.includes('succeeded')) run = await runCli(env, list);
  expect(run.stdout).toMatch(/^VIDEO +STATUS +PHASE +BEATS +COST +STARTED \(UTC\) +TITLE +WHY\n/);
  expect(run.stdout).toMatch(new RegExp(`${videoId} +succeeded +2 +\\$\\d\\.\\d{2,3} .* Listed$`));
  expect((await runCli(env, [...list, '--json'])).json()).toMatchObject([
    { videoId, tenant, status: 'succeeded' },
  ]);
  const wrong = await runCli(env, ['list', '--phase', 'dreaming']);
  expect(wrong.exitCode).toBe(2);
});

test('a video that waits for money exits with 3, and goes on when the budget is raised', async () => {
  const videoId = newId();
  const start = ['start', ...asked, '--video-id', videoId, '--budget', '0.015', '--wait'];
  const waiting = await runCli(env, start);
  expect(waiting).toMatchObject({ exitCode: 3 });
  expect(waiting.stderr).toMatch(
    /waits for money: \$0\.01 of the budget of \$0\.015 is spent and \$0\.00 set aside; the next purchase needs a budget of \$0\.02\./,
  );
  const status = await runCli(env, ['status', videoId]);
  expect(status.stdout).toContain('still-b2-t0 waits for money');
  expect(status.stdout).toContain(`Let it go on: beatreel raise-budget ${videoId} 0.02, or more`);

  const less = await runCli(env, ['raise-budget', videoId, '0.001']);
  expect(less).toMatchObject({ exitCode: 8 });
  expect(less.stderr).toContain('The next purchase needs a budget of $0.02.');
  expect(await runCli(env, ['raise-budget', videoId, 'much'])).toMatchObject({ exitCode: 2 });
  const raised = await runCli(env, ['raise-budget', videoId, '1', '--json']);
  expect(raised.json()).toMatchObject({ videoId, capUsd: 1 });
  expect(await runCli(env, ['watch', videoId])).toMatchObject({ exitCode: 0 });
});

test('a decision about a unit that is not open is refused with 8', async () => {
  const videoId = await startParked();
  const run = await runCli(env, ['reconcile', videoId, '--beat', '1', '--resubmit']);
  expect(run).toMatchObject({ exitCode: 8 });
  expect(run.stderr).toBe(
    `beatreel: Video ${videoId} did not accept the decision. No unit needs to be reconciled.\nMore: beatreel explain NotAccepted`,
  );
});

test('cancel waits for the end when told to, and says what came of it', async () => {
  const videoId = await startParked();
  const run = await runCli(env, ['cancel', videoId, '--wait']);
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.stdout).toBe(
    `${videoId} is canceled. Ended 1 prediction at the hosts. Purchases cost $0.004; $0.00 was not charged.`,
  );
});
