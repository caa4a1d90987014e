import { NativeConnection } from '@temporalio/worker';

import { startHostAccounts } from '../../workers/start-host-accounts.ts';
import { accountOf, isIdle, type TestAccount } from '../account/support/account-of.ts';
import { stillsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet, FleetOptions } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
let account: TestAccount;

const silent = { music: { enabled: false } } as const;

beforeEach(async () => {
  fleet = await startFleet({ account: { concurrentStills: 2, concurrentChunks: 1 } });
  account = accountOf(fleet);
});
afterEach(async () => {
  await account.handle.terminate().catch(() => undefined);
  await fleet.close();
});

test('two videos together never have more at the host than its account allows, and leave no permit', async () => {
  fleet.standIn.control.setBarrier({ kind: 'still', count: 2 });
  const videos = await Promise.all([
    fleet.startVideo(briefOf(3, silent)),
    fleet.startVideo(briefOf(3, silent)),
  ]);
  await Promise.all(videos.map((video) => video.result()));

  const { createsByKind, maxInFlight } = fleet.standIn.control.counters();
  expect(createsByKind).toMatchObject({ still: 6, clip: 6 });
  expect(maxInFlight).toMatchObject({ still: 2, clip: 1 });
  expect(await account.when('nobody left', isIdle)).toMatchObject({ limits: { stills: 2, chunks: 1 } });
});

test('a permit takes at most twelve events of a video’s history', async () => {
  // Permits for all: waiting would spread events over more workflow tasks.
  const limited = await countEvents({ account: { concurrentStills: 50, concurrentChunks: 50 } });
  const free = await countEvents({});

  // Four stills and four chunks.
  expect((limited - free) / 8).toBeLessThanOrEqual(12);
});

test('a unit that fails gives its permit back', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(0) }, fault: { type: 'refuse' } },
    { match: { kind: 'still', promptIncludes: beatWords(1) }, fault: { type: 'unauthorized' } },
  ]);
  const video = await fleet.startVideo(briefOf(3, silent));
  await video.whenStatus('parked');
  await account.when('nobody left', isIdle);

  fleet.standIn.control.setBarrier({ kind: 'still', count: 2 });
  await video.retry({});
  await video.result();

  expect(fleet.standIn.control.counters().maxInFlight.still).toBe(2);
  await account.when('nobody left', isIdle);
});

test('a cancellation withdraws what waits, and gives back what is held when it has ended at the host', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(5, silent));
  await control.waitFor({ held: 2 });
  expect(await account.report()).toMatchObject({ waiting: [{ kind: 'stills', count: 3 }] });

  await video.end();

  const { live, waiting } = await account.report();
  expect({ live, waiting }).toEqual({ live: [], waiting: [] });
  expect(control.counters()).toMatchObject({ createRequests: 2, inFlight: { still: 0 } });
});

test('a unit that a person reconciles while others run has a permit of its own, and leaves none', async () => {
  const unmarked = { accepts: {}, input: { prompt: '$prompt', aspect_ratio: '$aspectRatio' } };
  const own = await startFleet({
    account: { concurrentStills: 2, concurrentChunks: 2 },
    // Without a seed, orders cannot be told apart.
    models: { 'flux-schnell': unmarked },
  });
  try {
    const { control } = own.standIn;
    control.setFaults([{ match: { promptIncludes: beatWords(0) }, fault: { type: 'loseReply' } }]);
    control.setBarrier({ kind: 'still' });
    const video = await own.startVideo(briefOf(3, silent));
    await video.when('the first still is unknown', ({ phases }) =>
      unitsOf({ phases }, 'storyboard').some(({ failure }) => failure?.type === 'NeedsReconcile'),
    );
    const lost = stillsOf(own.standIn).find(({ input }) => beatOf(input['prompt']) === 0);

    await video.reconcile({ beat: 'b1', adopt: lost?.id ?? '' });
    control.release();
    await video.result();

    expect(stillsOf(own.standIn)).toHaveLength(3);
    const its = accountOf(own);
    await its.when('nobody left', isIdle);
    await its.handle.terminate();
  } finally {
    await own.close();
  }
});

test.each(['terminate', 'cancel'] as const)(
  'after somebody did %s an account, the next video that needs it opens it again',
  async (act) => {
    const { control } = fleet.standIn;
    control.setBarrier({ kind: 'still' });
    const video = await fleet.startVideo(briefOf(4, silent));
    await control.waitFor({ held: 2 });
    await account.handle[act]();
    await expect(account.handle.result()).rejects.toThrow();

    control.release();
    await video.result();

    expect(control.counters().maxInFlight).toMatchObject({ still: 2, clip: 1 });
    expect(await account.when('nobody left', isIdle)).toMatchObject({ limits: { stills: 2, chunks: 1 } });
  },
);

test('workers that start with other limits change those of the account, also to none', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(5, silent));
  await control.waitFor({ held: 2 });
  const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  const { queues } = fleet.settings;
  try {
    await startHostAccounts(connection, namespace, {
      queues,
      hosts: { replicate: { stills: 3, chunks: 1 } },
    });
    await control.waitFor({ held: 3 });
    await startHostAccounts(connection, namespace, { queues, hosts: { replicate: {} } });
    await control.waitFor({ held: 5 });
  } finally {
    await connection.close();
  }
  expect((await account.report()).limits).toEqual({});
  await video.end();
});

test('a video of a fleet without limits knows nothing of permits', async () => {
  const free = await startFleet();
  try {
    const video = await free.startVideo(briefOf(1, silent));
    await video.result();
    const { events } = await video.handle.fetchHistory();
    const foreign = events?.filter(
      (event) =>
        event.signalExternalWorkflowExecutionInitiatedEventAttributes ??
        event.workflowExecutionSignaledEventAttributes ??
        event.timerStartedEventAttributes,
    );
    expect(foreign).toEqual([]);
  } finally {
    await free.close();
  }
});

async function countEvents(options: FleetOptions): Promise<number> {
  const other = await startFleet(options);
  try {
    const video = await other.startVideo(briefOf(4, silent));
    await video.result();
    const { events } = await video.handle.fetchHistory();
    await accountOf(other)
      .handle.terminate()
      .catch(() => undefined);
    return events?.length ?? 0;
  } finally {
    await other.close();
  }
}
