import { randomUUID } from 'node:crypto';

import { createObjectStore, type ObjectStore } from '../../storage/object-store.ts';
import { FileStore } from '../../client/files/file-store.ts';
import { readLedger } from '../../client/files/read-ledger.ts';
import { startObjectStore, type TestObjectStore } from '../storage/start-object-store.ts';
import { cliEnvironment } from './support/cli-environment.ts';
import { runCli } from './support/run-cli.ts';
import { startTemporalServer, type TestTemporal } from './support/start-temporal-server.ts';

let temporal: TestTemporal;
let bucket: TestObjectStore;
let store: ObjectStore;
let files: FileStore;

beforeAll(async () => {
  [temporal, bucket] = await Promise.all([startTemporalServer(), startObjectStore()]);
  store = createObjectStore(bucket.s3);
  files = new FileStore(bucket.s3.settings);
});

afterAll(async () => {
  files.close();
  store.close();
  await bucket.stop();
  await temporal.stop();
});

test('the ledger of a video lists its purchases, and adds up what is spent and what is open', async () => {
  const videoId = await putLedger();

  const report = await readLedger(files, videoId);

  expect(report).toMatchObject({ videoId, spentUsd: 0.453, openUsd: 0.2, unreadable: [] });
  expect(report.purchases.map(({ medium, state }) => [medium, state])).toEqual([
    ['still', 'succeeded'],
    ['chunk', 'succeeded'],
    ['score', 'submitted'],
  ]);
});

test('the plan of a language model is part of what a video spent', async () => {
  const videoId = await putLedger();
  await store.putJson(`videos/${videoId}/storyboard-r1.json`, { storyboard: { planning: { costUsd: 0.1 } } });

  expect(await readLedger(files, videoId)).toMatchObject({ planUsd: 0.1, spentUsd: 0.553 });
});

test('a person reads the ledger in a table, and hears of what cannot be read', async () => {
  const videoId = await putLedger();
  await store.putJson(`videos/${videoId}/ledger/broken.json`, { state: 'unheard of' });
  const env = cliEnvironment({ temporal, bucket });

  const run = await runCli(env, ['ledger', videoId]);

  expect(run).toMatchObject({ exitCode: 6, stderr: '' });
  expect(run.stdout).toMatch(/^UNIT +TAKE +STATE +COST +MODEL +PREDICTION +SINCE\n/);
  expect(run.stdout).toMatch(/\nchunk b2-1 +0 +succeeded +\$0\.45 +replicate\/hailuo-02 +p-chunk +2026-/);
  expect(run.stdout).toMatch(/\nscore +0 +submitted +≤ \$0\.20 /);
  expect(run.stdout).toContain('$0.453 spent; up to $0.20 for what is open.');
  expect(run.stdout).toContain(`videos/${videoId}/ledger/broken.json cannot be read`);
});

test.each([
  ['of another video', { videoId: 'another' }],
  ['with a file of another video', { artifact: { key: 'videos/another/stills/b1.png' } }],
])('an entry %s is none of this one', async (_what, changes) => {
  const videoId = await putLedger();
  const key = `videos/${videoId}/ledger/chunk-b2-1-t0-0123456789abcdef.json`;
  await store.putJson(key, { ...((await store.getJson(key))?.value as object), ...changes });

  const report = await readLedger(files, videoId);

  expect(report.unreadable).toEqual([key]);
  expect(report.purchases).toHaveLength(2);
});

test('a video that bought nothing has an empty ledger, and one that nobody knows has none', async () => {
  const env = cliEnvironment({ temporal, bucket });
  const videoId = `bought-nothing-${randomUUID()}`;
  await store.putJson(`videos/${videoId}/brief.json`, {});

  const run = await runCli(env, ['ledger', videoId, '--json']);
  const unknown = await runCli(env, ['ledger', 'nobody']);

  expect(unknown).toMatchObject({ exitCode: 5, stdout: '' });
  expect(unknown.stderr).toBe('beatreel: There is no video "nobody": the bucket holds nothing of it.');
  expect(run.json()).toEqual({
    videoId,
    purchases: [],
    planUsd: 0,
    spentUsd: 0,
    openUsd: 0,
    unreadable: [],
  });
});

async function putLedger(): Promise<string> {
  const videoId = `ledger-${randomUUID().slice(0, 8)}`;
  const times = { claimedAt: '2026-11-24T10:00:00.000Z', submittedAt: '2026-11-24T10:00:01.000Z' };
  const ended = { state: 'succeeded', endedAt: '2026-11-24T10:00:09.000Z' };
  const place = { videoId, chunk: 0, take: 0, host: 'replicate', ...times };
  const entries = [
    { medium: 'still', beat: 'b1', model: 'flux-schnell', highestPriceUsd: 0.003, costUsd: 0.003, ...ended },
    { medium: 'chunk', beat: 'b2', model: 'hailuo-02', highestPriceUsd: 0.45, costUsd: 0.45, ...ended },
    { medium: 'score', beat: '', model: 'stable-audio-2.5', highestPriceUsd: 0.2, state: 'submitted' },
  ];
  for (const entry of entries) {
    const chunk = entry.medium === 'chunk' ? '-1' : '';
    const beat = entry.beat === '' ? '' : `-${entry.beat}`;
    const key = `videos/${videoId}/ledger/${entry.medium}${beat}${chunk}-t0-0123456789abcdef.json`;
    await store.putJson(key, { ...place, predictionId: `p-${entry.medium}`, ...entry });
  }
  return videoId;
}
