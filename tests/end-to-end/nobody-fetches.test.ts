import { rescuePurchase } from '../../activities/rescue-purchase.ts';
import type { HeldEntry } from '../../activities/ledger/ledger.ts';
import { awaitActivityId } from '../../domain/unit.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { temporalCli } from '../support/temporal-cli.ts';
import { until } from '../support/until.ts';
import { readManifest } from '../support/verify.ts';
import type { Video } from '../support/video.ts';

/**
 * The configured retention of the host's outputs, in seconds. The test itself removes them, so that a slow machine does
 * not fail it. `npm run soak:wrong` does the same with a host that removes them by its clock.
 */
const retention = 20;
const silent = briefOf(1, { music: { enabled: false } });

let fleet: Fleet;

async function startForgetfulHost(webhooks: boolean): Promise<void> {
  fleet = await startFleet({
    serve: false,
    webhooks,
    account: { outputRetentionSeconds: retention },
  });
}
afterEach(() => fleet.close());

test('files that are finished while all workers are dead are there when the first one returns', async () => {
  await startForgetfulHost(true);
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const worker = await fleet.startProcess();
  const videos = await Promise.all(Array.from({ length: 20 }, () => fleet.startVideo(silent)));
  await control.waitFor({ held: 20 });
  await worker.end('SIGKILL');
  control.release();

  const rescued = await untilStored(videos);
  await forgetOutputs();
  await fleet.startProcess();
  await Promise.all(videos.map((video) => video.result()));

  expect(control.counters().createsByKind).toMatchObject({ still: 20, clip: 20 });
  await expectSameFiles(videos, rescued);
});

test('files that are finished while the steps that wait for them are paused are there when they go on', async () => {
  await startForgetfulHost(false);
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  await fleet.startProcess();
  const videos = await Promise.all(Array.from({ length: 5 }, () => fleet.startVideo(silent)));
  await control.waitFor({ held: 5 });
  for (const video of videos) await decide('pause', video);
  control.release();

  const rescued = await untilStored(videos);
  await forgetOutputs();
  for (const video of videos) await decide('unpause', video);
  await Promise.all(videos.map((video) => video.result()));

  expect(control.counters().createsByKind).toMatchObject({ still: 5, clip: 5 });
  await expectSameFiles(videos, rescued);
});

test('a rescued file is fetched only once', async () => {
  await startForgetfulHost(true);
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const worker = await fleet.startProcess();
  const video = await fleet.startVideo(silent);
  await control.waitFor({ held: 1 });
  await worker.end('SIGKILL');
  control.release();
  const [held] = await untilStored([video]);
  const { outputRequests } = control.counters();
  const { dependencies } = fleet;
  const again = { ...dependencies, transfers: dependencies.outputTransfers };

  const result = await rescuePurchase(again, held?.objectKey ?? '', new AbortController().signal);

  expect(result).toBe('over');
  expect(control.counters().outputRequests).toBe(outputRequests);
  expect((await stillOf(video))?.etag).toBe(held?.etag);
});

async function stillOf({ id }: Video): Promise<HeldEntry | undefined> {
  for await (const held of fleet.dependencies.ledger.list(id)) if (held.entry.medium === 'still') return held;
  return undefined;
}

/** The entries of all stills, once each has its file. */
async function untilStored(videos: readonly Video[]): Promise<HeldEntry[]> {
  return until(
    async () => {
      const entries = await Promise.all(videos.map(stillOf));
      const stored = entries.filter((held) => held?.entry.artifact !== undefined) as HeldEntry[];
      return stored.length === videos.length && stored;
    },
    { what: 'every still is stored' },
  );
}

/** The host removes every output. */
async function forgetOutputs(): Promise<void> {
  const { control } = fleet.standIn;
  const ids = control.counters().predictions.map(({ id }) => id);
  for (const id of ids) control.expire(id);
  const host = fleet.dependencies.hosts.get('replicate');
  const looks = await Promise.all(ids.map((id) => host.getPrediction(id)));
  expect(looks.filter((status) => status?.state !== 'succeeded' || !status.dataRemoved)).toEqual([]);
}

async function decide(decision: 'pause' | 'unpause', video: Video): Promise<void> {
  const held = await stillOf(video);
  if (!held) throw new Error(`${video.id} has no still.`);
  const id = awaitActivityId(held.entry, held.entry.predictionKey);
  const flags = ['--workflow-id', video.id, '--activity-id', id];
  expect(await temporalCli('activity', decision, ...flags)).toMatchObject({ exitCode: 0 });
}

async function expectSameFiles(videos: readonly Video[], rescued: readonly HeldEntry[]): Promise<void> {
  for (const [index, video] of videos.entries()) {
    const { stills } = await readManifest(fleet, video.id);
    const { artifact } = rescued[index]?.entry ?? {};
    expect(stills).toMatchObject([{ key: artifact?.key, checksum: { value: artifact?.sha256 } }]);
  }
}
