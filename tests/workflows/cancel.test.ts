import { BeatreelClient } from '../../client/index.ts';
import { searchAttributes } from '../../workflows/messages.ts';
import { ledgerFolder } from '../../activities/ledger/ledger-entry.ts';
import { clipsOf, stillsOf } from '../support/at-the-host.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli } from '../support/temporal-cli.ts';
import { readManifest } from '../support/verify.ts';
import type { Video } from '../support/video.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('a cancellation among the stills orders nothing any more and ends what is live', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(8));
  await control.waitFor({ held: 5 });

  await cancel(video);

  // Five were at the host; the other three were never ordered.
  expect(control.counters().creates).toBe(5);
  expect(control.counters().inFlight).toEqual({ still: 0, clip: 0, score: 0 });
  expect(stillsOf(fleet.standIn).every(({ status }) => status === 'canceled')).toBe(true);
});

test('a cancellation among the chunks keeps what is finished, and the manifest of it', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo(briefOf(4));
  // Four stills, the score, and the three clips that the limit allows.
  await control.waitFor({ creates: 8, held: 3, finished: 5 });

  await cancel(video);

  expect(control.counters().creates).toBe(8);
  expect(clipsOf(fleet.standIn).map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled']);
  const manifest = await readManifest(fleet, video.id);
  expect(manifest).toMatchObject({ status: 'canceled', plannedChunks: 4, chunks: [], video: null });
  expect(manifest.stills.map(({ beat }) => beat)).toEqual(['b1', 'b2', 'b3', 'b4']);
  for (const { key, sha256 } of manifest.stills) {
    expect((await fleet.dependencies.store.hashObject(key)).sha256).toBe(sha256);
  }
});

test('progress, listing, manifest and ledger agree on the cost of a cancelled video', async () => {
  const { control } = fleet.standIn;
  const video = await fleet.startVideo(briefOf(3));
  control.setBarrier({ kind: 'clip' });
  await control.waitFor({ held: 3 });

  await cancel(video);

  const charged = (await ledgerOf(video)).reduce((sum, { costUsd = 0 }) => sum + costUsd, 0);
  // The host charges for the three chunks that it had begun.
  expect(charged).toBeGreaterThan(3 * 0.45);
  const { costUsd, phases, budget } = await video.progress();
  expect(costUsd).toBeCloseTo(charged);
  expect(phases.reduce((sum, phase) => sum + phase.costUsd, 0)).toBeCloseTo(charged);
  expect(budget?.spentUsd).toBeCloseTo(charged);
  expect((await readManifest(fleet, video.id)).costUsd).toBeCloseTo(charged);
  const { typedSearchAttributes } = await video.handle.describe();
  expect(typedSearchAttributes.get(searchAttributes.costUsd)).toBeCloseTo(charged);
});

test('an order that is on its way when the video is cancelled is waited for and ended', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  control.setFaults([{ match: { kind: 'still' }, fault: { type: 'delayReply', seconds: 3, when: 'after' } }]);
  const video = await fleet.startVideo(briefOf(1));
  await control.waitFor({ creates: 1 });

  await cancel(video);

  expect(stillsOf(fleet.standIn).map(({ status }) => status)).toEqual(['canceled']);
  const entries = await ledgerOf(video);
  expect(entries).toMatchObject([{ state: 'canceled', predictionId: stillsOf(fleet.standIn)[0]?.id }]);
});

test('a parked video can be cancelled', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(0) }, fault: { type: 'refuse' } },
  ]);
  const video = await fleet.startVideo(briefOf(2));
  await video.whenStatus('parked');

  await cancel(video);

  expect((await readManifest(fleet, video.id)).stills.map(({ beat }) => beat)).toEqual(['b2']);
});

test('a video that is cancelled before any worker has seen it buys nothing', async () => {
  const idle = await startFleet({ serve: false });
  try {
    const video = await idle.startVideo(briefOf(1));
    await video.handle.cancel();
    await idle.serve();
    await cancel(video);

    expect(idle.standIn.control.counters().createRequests).toBe(0);
  } finally {
    await idle.close();
  }
});

test('a run that was reset and has planned nothing is cancelled with what earlier runs bought', async () => {
  const own = await startFleet({ serve: false });
  try {
    const { control } = own.standIn;
    control.setBarrier({ kind: 'still' });
    const serving = await own.serve();
    const video = await own.startVideo(briefOf(3));
    await control.waitFor({ held: 3 });
    await serving.stop();
    const reset = ['workflow', 'reset', '--workflow-id', video.id, '--type', 'FirstWorkflowTask'];
    expect(await temporalCli(...reset, '--reason', 'a test')).toMatchObject({ exitCode: 0 });
    await own.client.workflow.getHandle(video.id).cancel();

    await own.serve();

    await expect(own.client.workflow.getHandle(video.id).result()).rejects.toMatchObject({
      cause: { name: 'CancelledFailure' },
    });
    expect(stillsOf(own.standIn).map(({ status }) => status)).toEqual(['canceled', 'canceled', 'canceled']);
  } finally {
    await own.close();
  }
});

test('cancel ends predictions that a terminated video left running, and the same id with another brief changes nothing', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(2));
  await control.waitFor({ held: 2 });
  await video.terminate();
  const other = await fleet.startVideo(briefOf(2, { prompt: 'Another brief' }), video.id);
  await expect(other.result()).rejects.toMatchObject({
    cause: { message: expect.stringContaining('another brief') as string },
  });
  expect(control.counters().inFlight.still).toBe(2);

  const client = await BeatreelClient.connect({ taskQueue: fleet.taskQueue });
  try {
    const answer = await client.cancel(video.id);

    expect(answer).toMatchObject({ requested: false, status: 'failed', cancellation: { canceled: 2 } });
    expect(control.counters().inFlight.still).toBe(0);
    expect(await client.cancel(video.id)).toEqual(answer);
  } finally {
    await client.close();
  }
});

test('a video that fails ends its score at the host', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'score' });
  control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'refuse' } }]);

  const video = await fleet.startVideo(briefOf(1, { onFailure: 'fail' }));

  expect((await video.failure()).type).toBe('UnitsFailed');
  const { predictions, inFlight } = control.counters();
  expect(predictions.find(({ kind }) => kind === 'score')?.status).toBe('canceled');
  expect(inFlight).toEqual({ still: 0, clip: 0, score: 0 });
});

test('a ledger that cannot be read does not keep a video from ending as cancelled, with its manifest', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo(briefOf(1));
  await control.waitFor({ held: 1 });
  await fleet.dependencies.store.putJson(`${ledgerFolder(video.id)}broken.json`, { state: 'unheard of' });

  await cancel(video);

  expect((await readManifest(fleet, video.id)).stills).toHaveLength(1);
});

/** Cancels, waits for the end, and expects it to be a cancellation. */
async function cancel(video: Video): Promise<void> {
  await video.end();
  expect((await video.handle.describe()).status.name).toBe('CANCELLED');
  expect((await video.progress()).status).toBe('canceled');
}

async function ledgerOf(video: Video) {
  const entries = [];
  for await (const { entry } of fleet.dependencies.ledger.list(video.id)) entries.push(entry);
  return entries;
}
