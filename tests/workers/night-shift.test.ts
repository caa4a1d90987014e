import { request } from 'undici';

import { FileStore } from '../../client/files/file-store.ts';
import { readLedger } from '../../client/files/read-ledger.ts';
import { toMicroUsd } from '../../domain/round-usd.ts';
import { choosePort, releasePorts } from '../../workers/dev/local-stack/processes/free-ports.ts';
import { briefOf, beatWords } from '../support/briefs.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';
import { startWorkerProcess, type WorkerProcess } from '../support/start-worker-process.ts';
import { until } from '../support/until.ts';

const videoCount = 20;
const silent = { music: { enabled: false } } as const;

let fleet: Fleet;
let worker: WorkerProcess;
let origin: { readonly health: string; readonly metrics: string };

beforeAll(async () => {
  fleet = await startFleet({ serve: false, standIn: { stillSeconds: 0.05, clipSeconds: 0.05 } });
  const ports = [await choosePort(), await choosePort()];
  const [health = 0, metrics = 0] = ports;
  await releasePorts(ports);
  origin = { health: `http://127.0.0.1:${health}`, metrics: `http://127.0.0.1:${metrics}` };
  worker = await startWorkerProcess({
    ...fleet.env,
    BEATREEL_LOG: 'json',
    BEATREEL_HEALTH: String(health),
    BEATREEL_METRICS: `127.0.0.1:${metrics}`,
  });
});
afterAll(async () => {
  await worker.end('SIGTERM');
  await fleet.close();
});

interface Line {
  readonly level: string;
  readonly message: string;
  readonly videoId?: string;
  readonly [field: string]: unknown;
}

/** The worker's log so far; throws where a line is not JSON. */
function lines(): Line[] {
  return worker
    .log()
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

function lineOf(videoId: string, message: string): Promise<Line> {
  const find = () => lines().find((line) => line.videoId === videoId && line.message === message);
  return until(find, { what: `a line "${message}" of ${videoId}` });
}

async function get(address: string): Promise<{ readonly status: number; readonly text: string }> {
  const { statusCode, body } = await request(address);
  return { status: statusCode, text: await body.text() };
}

/** Sums a metric over all labels that are not given. */
async function metric(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const { text } = await get(`${origin.metrics}/metrics`);
  return text
    .split('\n')
    .filter((line) => new RegExp(`^${name}[{ ]`).test(line))
    .filter((line) => Object.entries(labels).every(([label, value]) => line.includes(`${label}="${value}"`)))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

test('the first line says what was started, and where everything is', () => {
  const [first] = lines();
  expect(first).toMatchObject({
    level: 'INFO',
    message: 'Serving',
    version: '0.1.0',
    temporal: process.env['TEMPORAL_ADDRESS'],
    bucket: fleet.settings.s3.bucket,
    queues: expect.arrayContaining([fleet.taskQueue]) as string[],
    health: new URL(origin.health).host,
    metrics: new URL(origin.metrics).host,
  });
});

test('a worker that serves is alive and ready, and says what it looked at', async () => {
  expect(await get(`${origin.health}/healthz`)).toMatchObject({ status: 200 });
  const { status, text } = await get(`${origin.health}/readyz`);
  expect(JSON.parse(text)).toEqual({
    ready: true,
    checks: { workers: 'ok', temporal: 'ok', bucket: 'ok', tools: 'ok' },
  });
  expect(status).toBe(200);
  expect(await get(`${origin.health}/secrets`)).toMatchObject({ status: 404 });
});

test('twenty videos without faults warn of nothing, and what is counted is what the ledgers say', async () => {
  const videos = await Promise.all(
    Array.from({ length: videoCount }, (_, index) =>
      fleet.startVideo(briefOf(1, { ...silent, seed: index })),
    ),
  );
  await Promise.all(videos.map((video) => video.result()));

  for (const { id } of videos) expect(await lineOf(id, 'Video succeeded')).toMatchObject({ level: 'INFO' });
  expect(lines().filter(({ level }) => level !== 'INFO')).toEqual([]);

  const files = new FileStore(fleet.settings.s3);
  let [spent, reserved, bytes] = [0, 0, 0];
  for (const { id } of videos) {
    const { spentUsd, purchases } = await readLedger(files, id);
    spent += toMicroUsd(spentUsd);
    reserved += purchases.reduce((sum, { highestPriceUsd }) => sum + toMicroUsd(highestPriceUsd), 0);
    for (const { key } of purchases)
      bytes += (await fleet.dependencies.ledger.read(key))?.entry.artifact?.sizeBytes ?? 0;
  }
  files.close();
  const replicate = { host: 'replicate' };
  expect(spent).toBeGreaterThan(0);
  expect(await metric('beatreel_spent_micro_dollars_total')).toBe(spent);
  expect(await metric('beatreel_reserved_micro_dollars_total', replicate)).toBe(reserved);
  expect(await metric('beatreel_stored_bytes_total', replicate)).toBe(bytes);
  expect(await metric('beatreel_predictions_ordered_total', replicate)).toBe(2 * videoCount);
  expect(await metric('beatreel_predictions_ended_total', { outcome: 'succeeded' })).toBe(2 * videoCount);
  expect(await metric('beatreel_units_total', { medium: 'chunk', outcome: 'succeeded' })).toBe(videoCount);
  expect(await metric('beatreel_video_changes_total', { status: 'succeeded' })).toBe(videoCount);
  expect(await metric('beatreel_end_noticed_seconds_count', replicate)).toBe(2 * videoCount);
});

test('a unit that failed for good, a video that parks, goes on and ends are a line each, with the reason', async () => {
  const refused = { kind: 'still', promptIncludes: beatWords(0) } as const;
  fleet.standIn.control.setFaults([{ match: refused, times: 'always', fault: { type: 'refuse' } }]);
  const [video, other] = await Promise.all([
    fleet.startVideo(briefOf(1, silent)),
    fleet.startVideo(briefOf(1)),
  ]);

  expect(await lineOf(video.id, 'Unit failed')).toMatchObject({
    level: 'WARN',
    unit: 'still-b1',
    type: 'ContentRejected',
    reason: expect.stringContaining('flagged as sensitive') as string,
  });
  expect(await lineOf(video.id, 'Video parked')).toMatchObject({
    level: 'WARN',
    reason: expect.stringContaining('0 stills for 1 beat') as string,
    nextStep: expect.stringContaining(`beatreel retry ${video.id}`) as string,
  });
  await lineOf(other.id, 'Video parked');
  await until(async () => (await metric('beatreel_videos_waiting_for_person')) === 2, { what: 'both shown' });
  expect(await metric('beatreel_videos', { status: 'parked' })).toBe(2);

  fleet.standIn.control.setFaults([]);
  await video.retry({});
  await other.end();
  expect(await lineOf(video.id, 'Video goes on')).toMatchObject({ level: 'INFO' });
  expect(await lineOf(video.id, 'Video succeeded')).toMatchObject({ level: 'INFO' });
  expect(await lineOf(other.id, 'Video canceled')).toMatchObject({ level: 'INFO', costUsd: 0 });
});

test('no metric has an id, a tenant or an address as a label', async () => {
  const { text } = await get(`${origin.metrics}/metrics`);
  const ours = text.split('\n').filter((line) => line.startsWith('beatreel_'));
  const labels = new Set(
    ours.flatMap((line) => [...line.matchAll(/[{,](\w+)="/g)].map(([, label]) => label)),
  );
  expect([...labels].sort()).toEqual([
    'host',
    'le',
    'medium',
    'namespace',
    'outcome',
    'status',
    'taskQueue',
    'workflowType',
  ]);
});

test('a worker that is told to stop says so, and that it has', async () => {
  expect(await worker.end('SIGTERM')).toBe(0);
  const last = lines().slice(-2);
  expect(last).toMatchObject([{ message: 'Stopping', signal: 'SIGTERM' }, { message: 'Stopped' }]);
});
