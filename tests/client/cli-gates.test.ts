import type { VideoProgress } from '../../client/index.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { createFakeWorld } from './support/fake-world.ts';
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

test('a person looks at what waits at a gate, and approves it or ends the video', async () => {
  const videoId = `gate-${Date.now().toString(36)}`;
  const start = ['start', ...asked, '--no-music', '--approve', 'stills'];
  const run = await runCli(env, [...start, '--video-id', videoId, '--wait']);
  expect(run.exitCode).toBe(3);
  expect(run.stderr).toContain(
    `Video ${videoId} waits for approval. The stills of the video wait for approval; after that up to $0.02 is bought.`,
  );

  const status = await runCli(env, ['status', videoId, '--json']);
  const { gate } = status.json() as VideoProgress;
  expect(gate).toMatchObject({ gate: 'stills', revision: 1, priceUsd: 0.02 });
  const listed = await runCli(env, ['list', '--waiting', '--limit', '1000']);
  expect(listed.stdout).toContain(videoId);
  const unnamed = await runCli(env, ['approve', videoId, '--gate', 'stills']);
  expect(unnamed).toMatchObject({ exitCode: 2 });
  expect(unnamed.stderr).toContain('Say --gate and --digest; beatreel approve VIDEO shows both.');
  const named = ['--gate', 'stills', '--digest', gate?.digest ?? '', '--by', 'Ada'];
  const other = await runCli(env, ['approve', videoId, '--gate', 'stills', '--digest', '0123456789abcdef']);
  expect(other.exitCode).toBe(8);
  const approved = await runCli(env, ['approve', videoId, ...named, '--json']);
  expect(approved.json()).toMatchObject({ videoId, gate: 'stills', revision: 1, by: 'Ada' });
  expect(await runCli(env, ['watch', videoId])).toMatchObject({ exitCode: 0 });

  const unwanted = `${videoId}-2`;
  await runCli(env, [...start, '--video-id', unwanted, '--wait']);
  // The same brief has the same digest.
  const rejected = await runCli(env, ['reject', unwanted, ...named, '--reason', 'Too dark.']);
  expect(rejected).toMatchObject({ exitCode: 0 });
  const watched = await runCli(env, ['watch', unwanted]);
  expect(watched.exitCode).toBe(4);
  expect(watched.stderr).toContain(`Video ${unwanted} was canceled. Ada rejected the stills: Too dark.`);
});
