import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { createActivities } from '../../activities/index.ts';
import { connectS3 } from '../../storage/create-s3-client.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';
import type { ManifestRequest } from '../../activities/write-manifest.ts';
import { manifestSchema } from '../../domain/schemas/manifest-schema.ts';
import type { PhaseOutput, UnitReport } from '../../domain/progress.ts';
import { briefOf } from '../support/briefs.ts';
import { buy, stillOrder } from './support/purchases.ts';
import { failureOf, runActivity } from './support/run-activity.ts';
import type { ActivityBench } from './support/start-activity-bench.ts';
import { startActivityBench } from './support/start-activity-bench.ts';

let bench: ActivityBench;

beforeAll(async () => {
  bench = await startActivityBench();
});
beforeEach(() => bench.standIn.control.reset());
afterAll(() => bench.close());

test('a manifest says of every file where it lies and where it came from', async () => {
  const videoId = await planVideo(2);
  const still = await makeStill(videoId);

  const ref = await write({
    videoId,
    revision: 1,
    status: 'failed',
    costUsd: 0.003,
    phases: [storyboard([still, failed])],
  });

  expect(ref.key).toBe(`videos/${videoId}/manifest-r1.json`);
  const manifest = manifestSchema.parse((await bench.worker.store.getJson(ref.key))?.value);
  expect(manifest).toMatchObject({
    videoId,
    revision: 1,
    status: 'failed',
    plannedChunks: 2,
    durationSeconds: 10,
  });
  expect(manifest.beats).toHaveLength(2);
  expect(manifest.stills).toEqual([
    {
      unit: 'still-b1',
      beat: 'b1',
      attempts: 1,
      costUsd: 0.003,
      ...still.artifact,
      checksum: { algorithm: 'sha256', value: still.artifact?.sha256 },
      host: 'replicate',
      model: 'flux-schnell',
      prompt: `The lamp of ${videoId}`,
      predictionId: bench.standIn.control.counters().predictions[0]?.id,
    },
  ]);
  expect([manifest.chunks, manifest.clips, manifest.cut, manifest.score, manifest.video]).toEqual([
    [],
    [],
    null,
    null,
    null,
  ]);
  expect(JSON.stringify(manifest)).not.toContain('http');
});

test('a manifest that is written again is the same object', async () => {
  const videoId = await planVideo(1);
  const request = { videoId, revision: 1, status: 'canceled', costUsd: 0, phases: [storyboard([])] } as const;

  expect(await write(request)).toEqual(await write(request));
});

test('a later revision leaves the earlier one as it is', async () => {
  const videoId = await planVideo(1);
  const request = { videoId, status: 'succeeded', costUsd: 0, phases: [] } as const;

  const { store } = bench.worker;
  const first = await write({ ...request, revision: 1 });
  const made = (await store.getJson(`videos/${videoId}/storyboard-r1.json`))?.value;
  await store.putJson(`videos/${videoId}/storyboard-r2.json`, made);
  const second = await write({ ...request, revision: 2 });

  expect(second.key).not.toBe(first.key);
  expect((await bench.worker.store.hashObject(first.key)).sha256).toBe(first.sha256);
});

test('a manifest closes what transfers of the video left open', async () => {
  const videoId = await planVideo(1);
  const { store } = bench.worker;
  const { client, settings } = connectS3(readS3Settings(process.env));
  const upload = { Bucket: settings.bucket, Key: `videos/${videoId}/chunks/b1-1.mp4` };
  await client.send(new CreateMultipartUploadCommand(upload));
  client.destroy();
  expect(await store.listOpenUploads(`videos/${videoId}/`)).toHaveLength(1);

  await write({ videoId, revision: 1, status: 'canceled', costUsd: 0, phases: [] });

  expect(await store.listOpenUploads(`videos/${videoId}/`)).toEqual([]);
});

test('a store that lists no uploads keeps no manifest from being written', async () => {
  const videoId = await planVideo(1);
  const refused = () => Promise.reject(new BeatreelFailure('StoreRefused', 'Listing uploads failed: 403.'));
  const store = { ...bench.worker.store, listOpenUploads: refused };

  const written = await runActivity(createActivities({ ...bench.worker, store }).writeManifest, {
    ...{ videoId, revision: 1, status: 'succeeded', costUsd: 0, phases: [] },
  });

  expect(await bench.worker.store.head(written.key)).toBeDefined();
});

test('a video that was never planned has no manifest', async () => {
  const failure = await failureOf(
    write({ videoId: bench.newVideoId(), revision: 1, status: 'failed', costUsd: 0, phases: [] }),
  );

  expect(failure).toMatchObject({ type: 'ArtifactMissing', nonRetryable: true });
  expect(failure.message).toContain('storyboard-r1.json');
});

const failed: UnitReport = {
  name: 'still-b2',
  medium: 'still',
  beat: 'b2',
  status: 'failed',
  attempts: 2,
  costUsd: 0,
  failure: { type: 'ContentRejected', reason: 'No.' },
};

function storyboard(units: readonly UnitReport[]): PhaseOutput {
  return { phase: 'storyboard', status: 'partial', costUsd: 0.003, units };
}

function write(request: ManifestRequest) {
  return runActivity(createActivities(bench.worker).writeManifest, request);
}

async function planVideo(beats: number): Promise<string> {
  const videoId = bench.newVideoId();
  const { acceptBrief, planStoryboard } = createActivities(bench.worker);
  const brief = await runActivity(acceptBrief, { videoId, input: briefOf(beats) });
  await runActivity(planStoryboard, { brief });
  return videoId;
}

async function makeStill(videoId: string): Promise<UnitReport> {
  const { ledgerKey } = await buy(bench.worker, stillOrder(videoId));
  await bench.standIn.control.waitFor({ finished: 1 });
  const artifact = await runActivity(createActivities(bench.worker).storeArtifact, { ledgerKey });
  const report = { name: 'still-b1', medium: 'still', beat: 'b1', status: 'succeeded' } as const;
  return { ...report, attempts: 1, costUsd: 0.003, artifact, ledgerKey };
}
