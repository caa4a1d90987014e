import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createObjectStore } from '../../storage/object-store.ts';
import { startStandIn, type StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';
import { json, startRawHost, type RawHost } from '../providers/support/start-raw-host.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { type CliEnvironment, type CliRun, runCli } from './support/run-cli.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

interface Report {
  readonly ok: boolean;
  readonly checks: readonly { name: string; state: string; finding: string }[];
}

const token = 'r8_canary-that-nobody-may-read';

let temporal: TestTemporal;
let bucket: TestObjectStore;
let standIn: StandIn;
let endpoint: RawHost;
let folder: string;
let env: CliEnvironment;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatreel-doctor-'));
  const ffmpeg = process.env['FFMPEG'] ?? 'ffmpeg';
  [temporal, bucket, standIn, endpoint] = await Promise.all([
    startTemporalServer(),
    startObjectStore(),
    startStandIn({ folder, ffmpeg, token }),
    startRawHost(),
  ]);
  env = {
    ...cliEnvironment({ temporal, bucket }),
    FFMPEG: ffmpeg,
    FFPROBE: process.env['FFPROBE'] ?? 'ffprobe',
    REPLICATE_BASE_URL: standIn.baseUrl,
    REPLICATE_API_TOKEN: token,
    BEATREEL_WEBHOOK_URL: `${endpoint.origin}/beatreel`,
    BEATREEL_WEBHOOK_SECRET: 'ab'.repeat(32),
  };
});
afterAll(async () => {
  await Promise.all([standIn.close(), endpoint.stop(), bucket.stop(), temporal.stop()]);
  await rm(folder, { recursive: true, force: true });
});

test('the proxy is shown, without its password', async () => {
  const proxied = { ...env, HTTPS_PROXY: 'http://Cnry-user:Cnry-pw@127.0.0.1:9', NO_PROXY: 'store.example' };

  const { stdout } = await runCli(proxied, ['doctor', '--json']);

  const { checks } = JSON.parse(stdout) as Report;
  expect(checks.find(({ name }) => name === 'proxy')).toEqual({
    name: 'proxy',
    state: 'ok',
    finding: 'https goes through http://127.0.0.1:9, except for store.example and this machine',
  });
  expect(stdout).not.toContain('Cnry');
});

test('no password of an address is printed, whatever it opens', async () => {
  const withPassword = (address: string): string => address.replace('://', '://Cnry-user:Cnry@pw@');
  const changed = {
    ...env,
    S3_ENDPOINT: withPassword(env['S3_ENDPOINT'] ?? ''),
    REPLICATE_BASE_URL: withPassword(standIn.baseUrl),
    MINIMAX_BASE_URL: withPassword(standIn.origin),
    MINIMAX_API_KEY: token,
    OPENAI_BASE_URL: withPassword(standIn.baseUrl),
    OPENAI_API_KEY: token,
    BEATREEL_WEBHOOK_URL: withPassword(`${endpoint.origin}/beatreel`),
  };
  for (const flags of [[], ['--json']]) {
    const { stdout, stderr } = await runCli(changed, ['doctor', ...flags]);
    expect(stdout).toContain(`://…@${new URL(standIn.origin).host}`);
    expect(`${stdout}${stderr}`).not.toContain('Cnry');
  }
});

test('where nothing is wrong every check says what is there, and nothing is left in the bucket', async () => {
  endpoint.answer(json(200, {}));

  const run = await runCli(env, ['doctor', '--fix', '--json']);

  const { ok, checks } = run.json() as Report;
  expect(checks.filter(({ state }) => state !== 'ok')).toEqual([]);
  expect([run.exitCode, ok]).toEqual([0, true]);
  expect(checks.map(({ name }) => name)).toEqual([
    'ffmpeg',
    'ffprobe',
    'Temporal',
    'namespace',
    'search attributes',
    'bucket: write',
    'bucket: list',
    'bucket: multipart upload',
    'bucket: open uploads',
    'bucket: copy and read',
    'bucket: presigned address',
    'bucket: conditional write',
    'bucket: delete',
    'bucket: clock',
    'bucket: lifecycle rule',
    'catalogue',
    'Replicate',
    'webhooks',
  ]);
  expect(endpoint.requests).toMatchObject([{ method: 'GET', path: '/beatreel/healthz' }]);
  const store = createObjectStore(bucket.s3);
  expect(await store.list('checks/doctor-').next()).toMatchObject({ done: true });
  expect(await store.hasAbortRule({ prefix: 'videos/', afterDays: 1 })).toBe(true);
});

test('a language model is looked at where the environment names one, without a question to it', async () => {
  const own = { ...env, OPENAI_BASE_URL: standIn.baseUrl, OPENAI_API_KEY: token };

  const fine = await runCli(own, ['doctor']);
  const refused = await runCli({ ...own, OPENAI_API_KEY: 'sk-wrong' }, ['doctor']);
  const keyless = await runCli(
    { ...own, OPENAI_BASE_URL: 'https://api.openai.com/v1/', OPENAI_API_KEY: '' },
    ['doctor'],
  );

  expect(fine.stdout).toMatch(/^ok +language model +2 models can be asked at http/m);
  expect(refused.stdout).toMatch(/^wrong +language model .*401.*Check OPENAI_API_KEY/m);
  expect(keyless.stdout).toMatch(/^wrong +language model +OPENAI_API_KEY is not set/m);
  expect(standIn.control.counters().chats).toEqual([]);
});

test('a refused key, an endpoint that is not there and a broken tool are named with what to do', async () => {
  endpoint.answer(json(502, {}));
  const wrong = { ...env, REPLICATE_API_TOKEN: `${token}-wrong`, FFMPEG: '/nowhere/ffmpeg' };

  const run = await runCli(wrong, ['doctor']);

  expect(run.exitCode).toBe(1);
  expect(run.stdout).toMatch(/^wrong +Replicate .*401.*Check REPLICATE_API_TOKEN, which the worker sends/m);
  expect(run.stdout).toMatch(
    /^wrong +webhooks .*BEATREEL_WEBHOOK_URL\) answers 502\. Start npm run webhooks/m,
  );
  expect(run.stdout).toMatch(/^wrong +ffmpeg +FFMPEG names \/nowhere\/ffmpeg/m);
  expect(run.stdout).toMatch(/^ok +bucket: delete/m);
  expect(run.stdout).toContain('3 of 18 are wrong.');
  expect(run.stdout + run.stderr).not.toContain(token);
});

test('a missing setting is named with its use, and checks that need it are skipped', async () => {
  const run = await runCli({ TEMPORAL_ADDRESS: '127.0.0.1:9' }, ['doctor', '--json']);

  expect(run.exitCode).toBe(1);
  expect(findingOf(run, 'Temporal')).toMatch(/does not answer at 127\.0\.0\.1:9.*TEMPORAL_ADDRESS/);
  expect(findingOf(run, 'search attributes')).toBe('needs Temporal');
  expect(findingOf(run, 'bucket: settings')).toMatch(/^S3_BUCKET is not set/);
  expect(findingOf(run, 'Replicate')).toMatch(/^REPLICATE_API_TOKEN is not set\. It is needed to order/);
});

test('a host with a key is asked for it, by a read that makes nothing; one without is looked at where a default needs it', async () => {
  const own = { ...env, MINIMAX_BASE_URL: standIn.origin, MINIMAX_API_KEY: token };

  const good = await runCli(own, ['doctor', '--json']);
  const wrong = await runCli({ ...own, MINIMAX_API_KEY: `${token}-wrong` }, ['doctor', '--json']);

  expect(findingOf(good, 'MiniMax')).toBe(`the key is accepted at ${standIn.origin}`);
  expect(findingOf(wrong, 'MiniMax')).toMatch(/1004.*Check MINIMAX_API_KEY/);
  expect(standIn.control.counters().createRequests).toBe(0);
});

function findingOf(run: CliRun, name: string): string | undefined {
  return (run.json() as Report).checks.find((check) => check.name === name)?.finding;
}
