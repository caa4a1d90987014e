import type { VideoProgress } from '../../domain/progress.ts';
import type { VideoStart } from '../../workflows/carried-video.ts';
import { accountOf, isIdle } from '../account/support/account-of.ts';
import { stillsOf } from '../support/at-the-host.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import { verify } from '../support/verify.ts';
import type { Video } from '../support/video.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
const silent = { music: { enabled: false } } as const;
/** A parked video continues in a new run after a fifth of these events, fewer than one still needs. */
const tidySoon = { eventsPerRun: 50 };

beforeAll(async () => {
  fleet = await startFleet({ account: { concurrentStills: 2, concurrentChunks: 2 } });
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('a video whose history grows too long goes on in other runs, and buys nothing twice', async () => {
  const video = await fleet.startVideo(briefOf(6), undefined, { eventsPerRun: 90 });
  const result = await video.result();

  expect(result).toMatchObject({ status: 'succeeded', stills: 6, chunks: 6, music: { status: 'included' } });
  expect(fleet.standIn.control.counters().createsByKind).toEqual({ still: 6, clip: 6, score: 1 });
  expect(await runsOf(video)).toBeGreaterThan(2);
  expect(result.phases.map(({ status }) => status)).toEqual(Array(5).fill('succeeded'));
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
  await accountOf(fleet).when('nobody left', isIdle);
});

test('a parked video waits in a new run, which shows the same and takes the same decisions', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { promptIncludes: beatWords(1) }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(briefOf(3, silent), undefined, tidySoon);
  const before = await video.whenStatus('parked');
  await until(async () => (await runsOf(video)) >= 2, { what: 'it waits in a new run' });
  const after = await video.whenStatus('parked');

  expect(withoutCount(after)).toEqual(withoutCount(before));
  expect(after.changes).toBeGreaterThanOrEqual(before.changes);
  await video.retry({ prompt: 'softer words' });
  const result = await video.result();

  expect(unitsOf(result, 'storyboard')[1]).toMatchObject({ attempts: 2, status: 'succeeded' });
  expect(control.counters().createsByKind).toEqual({ still: 4, clip: 3, score: 0 });
});

test('money that is spent stays spent, and a higher budget counts in a new run', async () => {
  const video = await fleet.startVideo(
    briefOf(3, { ...silent, limits: { budgetUsd: 0.01 } }),
    undefined,
    tidySoon,
  );
  const before = await video.whenStatus('awaiting_budget');
  await until(async () => (await runsOf(video)) >= 2, { what: 'it waits in a new run' });
  const after = await video.whenStatus('awaiting_budget');

  expect(after.budget).toEqual(before.budget);
  expect(after.costUsd).toBe(before.costUsd);
  await video.raiseBudget(20);
  const result = await video.result();
  expect(result.costUsd).toBeCloseTo((await video.progress()).budget?.spentUsd ?? NaN, 6);
  expect(fleet.standIn.control.counters().createsByKind).toEqual({ still: 3, clip: 3, score: 0 });
});

test('an order of which nobody knows keeps its place and its permit in a new run', async () => {
  const { control } = fleet.standIn;
  const own = await startFleet({
    account: { concurrentStills: 1 },
    models: {
      'flux-schnell': { accepts: {}, input: { prompt: '$prompt', aspect_ratio: '$aspectRatio' } },
    },
  });
  try {
    own.standIn.control.setFaults([{ fault: { type: 'loseReply' } }]);
    const video = await own.startVideo(briefOf(1, silent), undefined, tidySoon);
    await video.whenStatus('parked');
    await until(async () => (await runsOf(video, own)) >= 2, { what: 'it waits in a new run' });
    const report = await accountOf(own).when('the permit is held', ({ live }) => live.length === 1);
    expect(report.live[0]?.permitId).toBe(`${video.id}/still-b1`);
    const other = await own.startVideo(briefOf(1, silent));
    await accountOf(own).when('another one waits', ({ waiting }) => waiting.length === 1);

    await video.reconcile({ beat: 'b1', adopt: stillsOf(own.standIn)[0]?.id ?? '' });
    await Promise.all([video.result(), other.result()]);

    expect(stillsOf(own.standIn)).toHaveLength(2);
    await accountOf(own).when('nobody left', isIdle);
  } finally {
    await own.close();
  }
  expect(control.counters().creates).toBe(0);
});

test('a cancellation while a video drains wins', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(2, silent), undefined, { eventsPerRun: 20 });
  await control.waitFor({ held: 2 });

  await video.end();

  expect((await video.progress()).status).toBe('canceled');
  expect(await runsOf(video)).toBe(1);
  expect(control.counters().predictions.map(({ status }) => status)).toEqual(['canceled', 'canceled']);
});

test.each([
  ['text', 'of somebody'],
  ['half of one', { carried: { layout: 1 } }],
  ['a list', []],
])('a second argument that no run handed over is refused: %s', async (_what, start) => {
  const video = await fleet.startVideo(briefOf(1, silent), undefined, start as object);

  expect(await video.failure()).toMatchObject({
    type: 'InvalidRequest',
    message: expect.stringMatching(/^A video is started with one JSON object/) as string,
  });
  expect(fleet.standIn.control.counters().creates).toBe(0);
});

test("a newer release's state stops the video's task where it is, and fails nothing", async () => {
  const newer = { carried: { layout: 2 } } as unknown as VideoStart;
  const video = await fleet.startVideo(briefOf(1, silent), undefined, newer);

  const { pendingWorkflowTask } = await until(
    async () => {
      const { raw } = await video.handle.describe();
      return (raw.pendingWorkflowTask?.attempt ?? 0) > 1 && raw;
    },
    { what: 'its task is tried again' },
  );
  expect(pendingWorkflowTask?.attempt).toBeGreaterThan(1);
  expect((await video.handle.describe()).status.name).toBe('RUNNING');
  await video.terminate();
});

/** The number of the video's runs so far. */
async function runsOf({ id }: Video, { client } = fleet): Promise<number> {
  const { count } = await client.workflow.count(`WorkflowId = '${id}'`);
  return count;
}

function withoutCount({ changes: _changes, ...progress }: VideoProgress) {
  return progress;
}
