import { join } from 'node:path';

import { runFfmpeg } from '../../activities/media/ffmpeg/run-ffmpeg.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { createUpload } from '../../storage/multipart-upload.ts';
import { createObjectStore } from '../../storage/object-store.ts';
import type { S3Settings } from '../../storage/s3-settings.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';
import { WebhookHints } from '../../activities/ledger/webhook-hints.ts';
import { BeatreelClient } from '../../client/index.ts';
import { checkBucket } from '../../workers/doctor/check-bucket.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import type { Need } from './support/bucket-policy.ts';
import { allows, needsOf, readPolicy } from './support/bucket-policy.ts';
import type { RecordingRoad } from './support/start-recording-road.ts';
import { startRecordingRoad } from './support/start-recording-road.ts';

const roles = ['worker', 'webhooks', 'client', 'operator'] as const;
type Role = (typeof roles)[number];

let roads: Record<Role, RecordingRoad>;
let fleet: Fleet;
const settings = readS3Settings(process.env);
const at = (role: Role): S3Settings => ({ ...settings, endpoint: roads[role].origin });

/** Makes a whole video with a client's picture and webhooks, and does everything else that each role does. */
beforeAll(async () => {
  const opened = await Promise.all(roles.map(() => startRecordingRoad(settings.endpoint ?? '')));
  roads = Object.fromEntries(roles.map((role, index) => [role, opened[index]])) as typeof roads;
  const stores = { workers: roads.worker.origin, webhooks: roads.webhooks.origin };
  fleet = await startFleet({ webhooks: true, stores });
  await checkBucket({ ...process.env, S3_ENDPOINT: roads.worker.origin }, false);
  const videoId = await useAsClient();
  const endpoint = createObjectStore(at('webhooks'));
  await new WebhookHints(endpoint).record({ videoId, predictionKey: 'a-key' }, 'a-prediction');
  endpoint.close();
  await sweepAsOperator(videoId);
});
afterAll(async () => {
  await fleet.close();
  for (const role of roles) await roads[role].close();
});

test.each(roles)('the policy shown for %s allows everything that it does', async (role) => {
  const policy = await readPolicy(role);
  const granted = role === 'operator' ? [policy, await readPolicy('client')] : [policy];
  const needs = roads[role].calls.flatMap(needsOf);

  expect(needs.length).toBeGreaterThan(0);
  expect(needs.filter((need) => !granted.some((one) => allows(one, need)))).toEqual([]);
});

test('the run did what the policies are about', () => {
  const done = new Set(
    roles.flatMap((role) => roads[role].calls.flatMap(needsOf)).map(({ action }) => action),
  );

  expect([...done].toSorted()).toEqual([
    's3:AbortMultipartUpload',
    's3:DeleteObject',
    's3:GetLifecycleConfiguration',
    's3:GetObject',
    's3:ListBucket',
    's3:ListBucketMultipartUploads',
    's3:ListMultipartUploadParts',
    's3:PutObject',
  ]);
  const sources = roads.worker.calls.map(({ headers }) => headers['x-amz-copy-source']);
  expect(sources).toContainEqual(expect.stringContaining('/uploads/'));
});

const film = 'videos/a-video/video-r1.mp4';
const entry = 'videos/a-video/ledger/score.json';

test.each<[Role, Need]>([
  ['worker', { action: 's3:DeleteObject', key: film }],
  ['worker', { action: 's3:DeleteObject', key: 'uploads/default/mug.png' }],
  ['worker', { action: 's3:PutObject', key: 'uploads/default/mug.png' }],
  ['worker', { action: 's3:GetObject', key: 'others/secret.txt' }],
  ['worker', { action: 's3:PutObject', key: 'videos' }],
  ['worker', { action: 's3:PutLifecycleConfiguration' }],
  ['worker', { action: 's3:PutBucketPolicy' }],
  ['worker', { action: 's3:DeleteBucket' }],
  ['webhooks', { action: 's3:PutObject', key: film }],
  ['webhooks', { action: 's3:PutObject', key: 'videos/a-video/manifest-r1.json' }],
  ['webhooks', { action: 's3:GetObject', key: film }],
  ['webhooks', { action: 's3:GetObject', key: 'uploads/default/mug.png' }],
  ['client', { action: 's3:PutObject', key: film }],
  ['client', { action: 's3:PutObject', key: 'videos/a-video/manifest-r1.json' }],
  ['client', { action: 's3:PutObject', key: entry }],
  ['client', { action: 's3:PutObject', key: 'accounts/replicate-1.json' }],
  ['client', { action: 's3:DeleteObject', key: film }],
  ['client', { action: 's3:AbortMultipartUpload', key: film }],
  ['operator', { action: 's3:PutObject', key: film }],
  ['operator', { action: 's3:DeleteObject', key: film }],
  ['operator', { action: 's3:PutBucketPolicy' }],
])('the policy shown for %s denies %j', async (role, need) => {
  expect(allows(await readPolicy(role), need)).toBe(false);
});

test('the policy shown for deletion lets videos go, and nothing else; it writes nothing', async () => {
  const policy = await readPolicy('deletion');
  const [video, upload] = ['videos/a-video/ledger/still.json', 'uploads/a-tenant/picture.png'];
  expect(allows(policy, { action: 's3:DeleteObject', key: video })).toBe(true);
  expect(allows(policy, { action: 's3:DeleteObject', key: upload })).toBe(false);
  expect(allows(policy, { action: 's3:PutObject', key: video })).toBe(false);
});

async function useAsClient(): Promise<string> {
  const client = await BeatreelClient.connect({ s3: at('client'), taskQueue: fleet.taskQueue });
  const picture = join(fleet.folder, 'mug.png');
  const drawing = ['-f', 'lavfi', '-i', 'color=c=orange:s=320x320', '-frames:v', '1', picture];
  await runFfmpeg(fleet.settings.tools, { task: 'draw a product', args: drawing });
  const brief = briefOf(1, { productImage: picture, music: { enabled: false } });
  const { videoId } = await client.start(brief, { allowLocalFiles: true });
  await client.wait(videoId);
  await client.download(videoId, fleet.folder);
  expect(await client.verify(videoId)).toMatchObject({ ok: true, manifestProven: true });
  await client.ledger(videoId);
  await client.manifest(videoId);
  await client.account('replicate').catch(() => undefined);
  await client.close();
  return videoId;
}

async function sweepAsOperator(videoId: string): Promise<void> {
  const s3 = connectS3(at('worker'));
  const key = `videos/${videoId}/left-open.mp4`;
  const uploadId = await createUpload(s3, { key, contentType: 'video/mp4' });
  s3.client.destroy();
  const client = await BeatreelClient.connect({ s3: at('operator'), taskQueue: fleet.taskQueue });
  await client.sweep({ dryRun: true, installRule: true });
  await client.close();
  const store = createObjectStore(at('operator'));
  await store.abortUpload(key, uploadId);
  store.close();
}
