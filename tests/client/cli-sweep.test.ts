import { createUpload } from '../../storage/multipart-upload.ts';
import { createObjectStore } from '../../storage/object-store.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { createFakeWorld, type FakeWorld } from './support/fake-world.ts';
import { type CliEnvironment, runCli } from './support/run-cli.ts';
import { type Fleet, startFleet } from './support/start-fleet.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

const id = `swept-${Date.now().toString(36)}`;

let temporal: TestTemporal;
let bucket: TestObjectStore;
let world: FakeWorld;
let fleet: Fleet;
let env: CliEnvironment;

beforeAll(async () => {
  [temporal, bucket] = await Promise.all([startTemporalServer(), startObjectStore()]);
  world = createFakeWorld();
  fleet = await startFleet(temporal.address, world.activities);
  env = cliEnvironment({ temporal, bucket, taskQueue: fleet.taskQueue });
});

afterAll(async () => {
  const store = createObjectStore(bucket.s3);
  for (const { key, uploadId } of await store.listOpenUploads(`videos/${id}`))
    await store.abortUpload(key, uploadId);
  await fleet.stop();
  await bucket.stop();
  await temporal.stop();
});

test('a sweep asks Temporal whose video still runs, and sets the rule of the bucket', async () => {
  world.failing.add('still-b2');
  const start = ['start', '--prompt', 'Rain on a tin roof', '--duration', '10', '--wait'];
  expect((await runCli(env, [...start, '--video-id', `${id}-parked`])).exitCode).toBe(3);
  world.failing.clear();
  expect((await runCli(env, [...start, '--video-id', `${id}-done`])).exitCode).toBe(0);
  for (const videoId of [`${id}-parked`, `${id}-done`, `${id}-unknown`])
    await createUpload(bucket.s3, { key: `videos/${videoId}/chunks/b1-1.mp4`, contentType: 'video/mp4' });

  const run = await runCli(env, ['sweep', '--older-than', '1', '--install-rule', '--json']);

  expect(run.exitCode).toBe(0);
  const { aborted, kept, rule } = run.json() as {
    readonly aborted: readonly { readonly videoId: string }[];
    readonly kept: readonly { readonly videoId: string; readonly reason: string }[];
    readonly rule: string;
  };
  expect(aborted.filter(({ videoId }) => videoId.startsWith(id))).toEqual([]);
  expect(Object.fromEntries(kept.map(({ videoId, reason }) => [videoId, reason]))).toMatchObject({
    [`${id}-parked`]: 'running',
    // Its video is over or never existed, but the upload began only now.
    [`${id}-done`]: 'young',
    [`${id}-unknown`]: 'young',
  });
  expect(rule).toMatch(/^(installed|present)$/);

  // Other videos may use the same store.
  const words = await runCli(env, ['sweep', '--older-than', '1', '--dry-run']);
  expect(words.stdout).toMatch(
    /^Would abort 0 uploads; kept [1-9]\d* of running videos and [2-9]\d* begun less than 1 h ago\.$/m,
  );
});

test('delete refuses a video that waits, asks where it can, and takes all of one that has ended', async () => {
  const parked = await runCli(env, ['delete', `${id}-parked`, '--yes']);
  expect([parked.exitCode, parked.stderr]).toEqual([
    8,
    expect.stringContaining(`beatreel cancel ${id}-parked`),
  ]);

  const store = createObjectStore(bucket.s3);
  await store.putJson(`videos/${id}-done/brief.json`, {});
  const unasked = await runCli(env, ['delete', `${id}-done`]);
  expect([unasked.exitCode, unasked.stderr]).toEqual([2, expect.stringContaining('say --yes, or --dry-run')]);
  const looked = await runCli(env, ['delete', `${id}-done`, '--dry-run']);
  expect(looked.stdout).toContain(`Would delete ${id}-done: `);

  const deleted = await runCli(env, ['delete', `${id}-done`, '--yes', '--json']);
  expect(deleted.json()).toMatchObject({ videoId: `${id}-done`, dryRun: false });
  for await (const { key } of store.list(`videos/${id}-done/`)) throw new Error(`${key} is left.`);
});

test('expire looks first, and wants an age in days', async () => {
  const looked = await runCli(env, ['expire', '--older-than', '3650d', '--dry-run', '--install-rule']);
  expect([looked.exitCode, looked.stdout]).toEqual([0, expect.stringContaining('Would delete 0 videos')]);
  expect(looked.stdout).toContain('those of a video that still waits for a person too');
  const wrong = await runCli(env, ['expire', '--older-than', 'soon']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('such as 90d')]);
});
