import { BeatreelClient, type Edit } from '../../client/index.ts';
import type { UnitReport, VideoProgress } from '../../domain/progress.ts';
import type { VideoStart } from '../../workflows/carried-video.ts';
import { newReleaseSignal } from '../../workflows/messages.ts';
import { clipsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';

let fleet: Fleet;

/** The model delivers 5.06 s where the catalogue says 8, so that each beat wants two chunks of 7.5 s. */
beforeAll(async () => {
  fleet = await startFleet({
    models: {
      'wan-2.2-i2v-fast': {
        clipSeconds: 8,
        accepts: { durations: [8], resolutions: ['480p', '720p'], firstFrame: true, seed: true },
      },
    },
  });
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

const beats = [0, 1, 2].map((beat) => ({ prompt: beatWords(beat), durationSeconds: 15 as const }));
const models = { clip: 'wan-2.2-i2v-fast' };
const oneByOne = briefOf(3, {
  ...{ beats, durationSeconds: 45, models, music: { enabled: false } },
  limits: { concurrentChunks: 1 },
});

/** The first beat wants two chunks of 7.5 s, and the second two of 5 s. */
const shortAndLong = briefOf(2, {
  beats: [
    { prompt: beatWords(0), durationSeconds: 15 },
    { prompt: beatWords(1), durationSeconds: 10 },
  ],
  ...{ durationSeconds: 25, models, music: { enabled: false }, limits: { concurrentChunks: 1 } },
});

test('after the first clip that came too short nothing more of its model is bought before a person has seen it', async () => {
  // One after the other; a chunk in flight when the first is refused takes 20 s.
  fleet.standIn.control.setLatency({
    rules: [{ match: { kind: 'clip', promptIncludes: beatWords(1) }, seconds: 20 }],
  });
  const video = await fleet.startVideo(oneByOne);

  const parked = await video.whenStatus('parked');

  expect(beatsFilmed()).toEqual([0, 1]);
  expect(unitNamed(parked, 'chunk-b3-1')).toMatchObject({
    status: 'failed',
    costUsd: 0,
    failure: {
      type: 'ClipTooShort',
      reason: expect.stringMatching(
        /^Not ordered, because other footage of wan-2\.2-i2v-fast came too short: .* it lasts 5\.\d+ s .* 7\.500 s \(180 frames\) are needed/,
      ) as unknown,
    },
  });

  await video.retry({ unit: 'chunk-b3-1' });
  await fleet.standIn.control.waitFor({ creates: 3 + 3 });
  expect(beatsFilmed()).toEqual([0, 1, 2]);
});

test('that still holds in a run that continues as new before anybody was asked', async () => {
  const video = await untilFirstIsShort({ eventsPerRun: 300 });

  // The chunk in flight delays the new run, while the history grows too long.
  while ((await video.handle.describe()).historyLength < 340) await video.handle.signal(newReleaseSignal);
  fleet.standIn.control.release();
  const runs = async () => (await fleet.client.workflow.count(`WorkflowId = '${video.id}'`)).count;
  await until(async () => (await runs()) >= 2, { what: 'it goes on in a new run' });

  expect(unitNamed(await video.whenStatus('parked'), 'chunk-b2-2')).toMatchObject(heldBack);
  expect(beatsFilmed()).toEqual([0, 1]);
});

test('that still holds in a revision that was made before anybody was asked', async () => {
  const video = await untilFirstIsShort();
  const client = await BeatreelClient.connect({
    temporal: { connectionOptions: { address: process.env['TEMPORAL_ADDRESS'] ?? '' } },
    s3: fleet.settings.s3,
    taskQueue: fleet.taskQueue,
  });
  const edits: Edit[] = [{ op: 'title', title: 'The short lamp' }];
  const { plan } = await client.planRevision(video.id, edits);
  await client.revise(video.id, edits, { accept: plan.digest, base: 1 });
  await client.close();
  fleet.standIn.control.release();

  const parked = await video.when(
    'it is parked in the revision',
    ({ status, revision }) => status === 'parked' && revision === 2,
  );

  expect(unitNamed(parked, 'chunk-b2-2')).toMatchObject(heldBack);
  expect(beatsFilmed()).toEqual([0, 1]);
});

const heldBack = {
  status: 'failed',
  costUsd: 0,
  failure: { type: 'ClipTooShort', reason: expect.stringMatching(/^Not ordered/) as unknown },
};

/**
 * Starts a video whose first clip is too short. The host holds the first chunk of its second beat, which is long enough
 * and is followed by another one.
 */
async function untilFirstIsShort(start?: VideoStart): Promise<Video> {
  const { control } = fleet.standIn;
  control.setLatency({ rules: [{ match: { kind: 'clip', promptIncludes: beatWords(1) }, seconds: 10 }] });
  const video = await fleet.startVideo(shortAndLong, undefined, start);
  await control.waitFor({ finished: 2 + 1 });
  control.setBarrier({ kind: 'clip' });
  await control.waitFor({ held: 1 });
  await video.when('a clip came too short', (found) => unitNamed(found, 'clip-b1-1')?.status === 'failed');
  return video;
}

function unitNamed({ phases }: VideoProgress, wanted: string): UnitReport | undefined {
  return phases.flatMap(({ units }) => units).find(({ name }) => name === wanted);
}

function beatsFilmed(): number[] {
  return clipsOf(fleet.standIn).map(({ input }) => beatOf(input['prompt']));
}
