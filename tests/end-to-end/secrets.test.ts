import { Runtime } from '@temporalio/worker';

import { type CliEnvironment, runCli } from '../client/support/run-cli.ts';
import { clipsOf } from '../support/at-the-host.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import type { WorkerProcess } from '../support/start-worker-process.ts';
import { startWorkerProcess } from '../support/start-worker-process.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';
import { unitsOf } from '../support/video.ts';

const token = 'r8_Canary/0fTheToken7h4tOpensTheAccount';
/** The token's forms in answers of hosts and proxies. */
const tokenForms = {
  'the key with escapes of JSON': Array.from(token, (it) => `\\u00${it.charCodeAt(0).toString(16)}`).join(''),
  'the key with escaped slashes': token.replaceAll('/', '\\/'),
  'the key in an address': encodeURIComponent(token),
  'the key percent-encoded': Array.from(token, (it) => `%${it.charCodeAt(0).toString(16)}`).join(''),
  'the key in base64': Buffer.from(token).toString('base64'),
  'the key as a password': Buffer.from(`ab:${token}.`).toString('base64').slice(4, -4),
  'the key in hexadecimal': Buffer.from(token).toString('hex'),
};
/** Secrets that a host quotes when it refuses an order. */
const quoted =
  `Cannot read https://bucket.example.com/frame.png?X-Amz-Credential=CanaryCredential&X-Amz-Signature=CanarySignature ` +
  `for the key ${token}, ${Object.values(tokenForms).join(', ')}, nor https://replicate.delivery/CanaryPath/out.png.`;

/** A refusal of the input inside an answer of 200. */
const minimaxRefusal = JSON.stringify({ base_resp: { status_code: 2013, status_msg: quoted } });

/** A refusal as servers with OpenAI's API word it. */
const chatRefusal = JSON.stringify({ error: { message: quoted, type: 'server_error', code: null } });

let fleet: Fleet;
let worker: WorkerProcess;

beforeAll(async () => {
  // The endpoint asks the host for its secret, with the key of the environment.
  process.env['REPLICATE_API_TOKEN'] = token;
  fleet = await startFleet({ serve: false, webhooks: true, standIn: { token } });
  worker = await startWorkerProcess({
    ...fleet.env,
    REPLICATE_API_TOKEN: token,
    MINIMAX_API_KEY: token,
    OPENAI_API_KEY: token,
    S3_PUBLIC_ENDPOINT: process.env['S3_ENDPOINT'] ?? '',
  });
});
afterAll(async () => {
  delete process.env['REPLICATE_API_TOKEN'];
  await worker.end('SIGKILL');
  await fleet.close();
  // This process has no worker that would end the runtime.
  await Runtime.instance().shutdown();
});

test('no key and no address that opens a file is written anywhere, also when a host quotes them', async () => {
  const { control } = fleet.standIn;
  control.setFaults([
    // Quoted in answers to orders, by a gateway and by the host, and in a failed prediction.
    { match: { kind: 'still' }, fault: { type: 'wrongAnswer', status: 502, body: quoted, when: 'before' } },
    {
      match: { kind: 'still', nth: 2 },
      fault: { type: 'wrongAnswer', status: 422, body: JSON.stringify({ detail: quoted }), when: 'before' },
    },
    { match: { kind: 'clip', promptIncludes: beatWords(0) }, fault: { type: 'fail', error: quoted } },
    { match: { operation: 'get', kind: 'clip' }, fault: { type: 'wrongAnswer', status: 500, body: quoted } },
    { match: { kind: 'clip' }, fault: { type: 'dropOutput', afterBytes: 1000 } },
    { match: { kind: 'score' }, times: 'always', fault: { type: 'htmlOutput' } },
  ]);
  const watched: unknown[] = [];
  const video = await fleet.startVideo(briefOf(3));
  const watching = watch(video, watched);

  for (const phase of ['storyboard', 'chunks', 'music'] as const) {
    const parked = await video.whenStatus('parked');
    expect(unitsOf(parked, phase).filter(({ status }) => status === 'failed')).toHaveLength(1);
    // Paid music is waited for, and arrives once the host delivers it.
    if (phase === 'music') control.setFaults([]);
    await video.retry({});
  }
  const result = await video.result();
  watched.push(await watching);

  const traces = await collectTraces(video, watched, result);

  const reports = await Promise.all(
    ['ledger', 'verify', 'status', 'doctor'].map((name) =>
      runReport(name === 'doctor' ? [name] : [name, video.id]),
    ),
  );
  expect(findSecrets(Object.fromEntries(reports.entries()))).toEqual([]);

  // The secrets really existed.
  expect(clipsOf(fleet.standIn)[0]?.input['first_frame_image']).toMatch(/X-Amz-Signature=/);
  for (const where of ['the history', 'the ledger'] as const)
    expect([where, traces[where].includes('https://bucket.example.com/…')]).toEqual([where, true]);
  expect(traces['the log of a worker'].length).toBeGreaterThan(1000);
  expect(findSecrets(traces)).toEqual([]);
});

test('nor of a host that answers with addresses at once, or of a language model', async () => {
  const { control } = fleet.standIn;
  await control.reset();
  control.setFaults([
    { match: { operation: 'chat' }, fault: { type: 'wrongAnswer', status: 500, body: chatRefusal } },
    {
      match: { kind: 'still' },
      fault: { type: 'wrongAnswer', status: 200, body: minimaxRefusal, when: 'before' },
    },
    { match: { kind: 'clip' }, fault: { type: 'dropOutput', afterBytes: 1000 } },
  ]);
  const watched: unknown[] = [];
  const video = await fleet.startVideo({
    prompt: 'A small lamp for reading at night',
    durationSeconds: 5,
    aspectRatio: '16:9',
    models: {
      planner: 'gpt-5-mini',
      still: 'minimax-image-01',
      clip: 'minimax-hailuo-02',
      score: 'minimax-music-2.6',
    },
  });
  const watching = watch(video, watched);

  await video.whenStatus('parked');
  await video.retry({});
  const result = await video.result();
  watched.push(await watching);
  const traces = await collectTraces(video, watched, result);

  expect(result).toMatchObject({ stills: 1, music: { status: 'included' } });
  expect(control.counters().chats).toHaveLength(2);
  expect(control.counters().outputRequests).toBeGreaterThanOrEqual(3);
  expect(findSecrets(traces)).toEqual([]);
});

/** Everything written while a video is made, by its place. */
async function collectTraces(video: Video, watched: readonly unknown[], result: unknown) {
  const ledgerFolder = `videos/${video.id}/ledger/`;
  const isLedger = (key: string) => key.startsWith(ledgerFolder);
  return {
    'the log of a worker': worker.log(),
    'the logs of the endpoint': JSON.stringify(fleet.logs.map(({ message, meta }) => ({ message, meta }))),
    "an operator's view meanwhile": JSON.stringify(watched),
    'the history': JSON.stringify(await readHistory(video)),
    'the result': JSON.stringify(result),
    'the ledger': await readBucket(video.id, isLedger),
    'the rest of the bucket': await readBucket(video.id, (key) => !isLedger(key)),
  };
}

/** Runs a report that a person reads afterwards. */
async function runReport(args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined));
  const keys = { REPLICATE_API_TOKEN: token, MINIMAX_API_KEY: token, OPENAI_API_KEY: token };
  const { stdout, stderr } = await runCli({ ...(env as CliEnvironment), ...fleet.env, ...keys }, args);
  expect(stdout.length).toBeGreaterThan(100);
  return `${stdout}\n${stderr}`;
}

/** @returns each secret that was found, with its place */
function findSecrets(traces: Readonly<Record<string, string>>): string[] {
  const secrets = {
    ...collectAddresses(),
    'the key of the hosts': token,
    ...tokenForms,
    'the secret of webhooks': fleet.webhooks?.secret ?? '',
    'the proof of a webhook': 'proof=',
    'the key of the bucket': process.env['AWS_SECRET_ACCESS_KEY'] ?? '',
    'a signature': 'X-Amz-Signature',
    "the host's quotation": 'Canary',
  };
  return Object.entries(traces).flatMap(([where, text]) =>
    Object.entries(secrets)
      .filter(([, secret]) => secret === '' || text.includes(secret))
      .map(([what]) => `${what} in ${where}`),
  );
}

/** Addresses of outputs and of the pictures given to the host. */
function collectAddresses(): Record<string, string> {
  const signed = clipsOf(fleet.standIn).map(
    ({ input }) => new URL(String(input['first_frame_image'])).search,
  );
  return {
    'the address of an output': `${fleet.standIn.origin}/files/`,
    ...Object.fromEntries(signed.map((search, index) => [`the query of picture ${index + 1}`, search])),
  };
}

/** Collects queries and descriptions while the video is made, heartbeats and failures included. */
async function watch(video: Video, seen: unknown[]): Promise<unknown> {
  return until(
    async () => {
      const { raw, status } = await video.handle.describe();
      seen.push(decode(raw.pendingActivities));
      const progress = await video.progress();
      return status.name === 'RUNNING' ? undefined : progress;
    },
    { what: 'the end of the video' },
  );
}

async function readHistory({ handle }: Video): Promise<unknown> {
  return decode(await handle.fetchHistory());
}

/** Decodes payloads from bytes to text. */
function decode(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(decode);
  if (value === null || typeof value !== 'object') return typeof value === 'bigint' ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, decode(part)]));
}

/** JSON files of a video: brief, storyboard, ledger, manifest. */
async function readBucket(videoId: string, isWanted: (key: string) => boolean): Promise<string> {
  const { store } = fleet.dependencies;
  const texts: string[] = [];
  for await (const { key } of store.list(`videos/${videoId}/`)) {
    if (key.endsWith('.json') && isWanted(key)) texts.push(JSON.stringify((await store.getJson(key))?.value));
  }
  return texts.join('\n');
}
