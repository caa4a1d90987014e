import type { BudgetReport } from '../../domain/treasury.ts';
import { searchAttributes } from '../../workflows/messages.ts';
import { clipsOf, stillsOf } from '../support/at-the-host.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { readManifest, verify } from '../support/verify.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
const silent = { music: { enabled: false } } as const;
/** Prices of the catalogue's defaults, in US dollars. */
const stillUsd = 0.003;
const clipUsd = 0.45;

beforeAll(async () => {
  fleet = await startFleet({
    models: {
      // Billed by running time, at far more than the catalogue's highest price.
      'flux-kontext-pro': { price: { perPredictionUsd: 0.04, perSecondUsd: 10, readOn: '2026-11-24' } },
    },
  });
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('a budget for six of ten stills is never passed, pauses the video, and four more are bought when it is raised', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo(briefOf(10, { ...silent, limits: { budgetUsd: 6 * stillUsd } }));

  const short = await video.when(
    'six stills are there and the seventh waits',
    ({ status, phases, budget }) => {
      expectWithinCap(budget);
      const stills = unitsOf({ phases }, 'storyboard').filter((unit) => unit.status === 'succeeded');
      return status === 'awaiting_budget' && stills.length === 6;
    },
  );

  expect(control.counters().createRequests).toBe(6);
  expect(short).toMatchObject({ phase: 'storyboard', costUsd: 0.018, estimateUsd: 4.53 });
  expect(short.budget).toMatchObject({ capUsd: 0.018, spentUsd: 0.018, reservedUsd: 0 });
  expect(short.budget?.waiting).toHaveLength(4);
  expect(short.budget?.neededUsd).toBeCloseTo(7 * stillUsd);
  expect(short.warnings).toEqual([
    'The plan may cost up to $4.53, and the budget is $0.018: the video stops and waits for more money when the next purchase does not fit.',
  ]);
  const { typedSearchAttributes } = await video.handle.describe();
  expect(typedSearchAttributes.get(searchAttributes.phase)).toBe('awaiting_budget');

  await video.raiseBudget(10 * stillUsd);
  const raised = await video.progress();
  expect(raised.warnings).toEqual([expect.stringContaining('the budget is $0.03:') as string]);
  await video.when('the first chunk waits for money', ({ status, phase, budget }) => {
    expectWithinCap(budget);
    return status === 'awaiting_budget' && phase === 'chunks';
  });

  expect(control.counters()).toMatchObject({ createRequests: 10, createsByKind: { still: 10, clip: 0 } });
  expect(await spentOf(video.id)).toBeLessThanOrEqual(10 * stillUsd + 1e-9);
});

test('money is set aside across parallel branches before anything is ordered', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const video = await fleet.startVideo(
    briefOf(3, { ...silent, limits: { budgetUsd: 3 * stillUsd + 2 * clipUsd } }),
  );

  await control.waitFor({ held: 2 });
  const rendering = await video.when('two chunks are rendered and the third waits', ({ budget }) =>
    Boolean(budget?.waiting.includes('chunk-b3-1-t0')),
  );

  expect(clipsOf(fleet.standIn)).toHaveLength(2);
  // Both may cost less than their highest price, so a person is not asked yet.
  expect(rendering).toMatchObject({ status: 'running', budget: { capUsd: 0.909, reservedUsd: 0.9 } });

  // Live units are fetched although others wait for money.
  control.release();
  const short = await video.whenStatus('awaiting_budget');
  expect(short.budget).toMatchObject({ reservedUsd: 0, waiting: ['chunk-b3-1-t0'] });
  await video.when(
    'two chunks are there',
    (found) => unitsOf(found, 'chunks').filter(({ status }) => status === 'succeeded').length === 2,
  );

  await video.raiseBudget(2);
  const result = await video.result();
  expect(result.costUsd).toBeCloseTo(3 * stillUsd + 3 * clipUsd);
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
});

test('a failed prediction that costs nothing gives its money back to who waits', async () => {
  fleet.standIn.control.setFaults([{ match: { kind: 'still', nth: 1 }, fault: { type: 'fail' } }]);
  const limits = { budgetUsd: stillUsd, concurrentStills: 2 };

  const video = await fleet.startVideo(briefOf(2, { ...silent, limits }));
  await video.when('the second still is there', (found) =>
    unitsOf(found, 'storyboard').some(({ status }) => status === 'succeeded'),
  );

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
});

test('a video that is not to wait for a person fails by name when its money is at its end', async () => {
  const limits = { budgetUsd: stillUsd };
  const video = await fleet.startVideo(briefOf(2, { ...silent, limits, onFailure: 'fail' }));

  const failure = await video.failure();

  expect(failure.message).toMatch(/still-b2: BudgetExceeded, still-b2 costs up to \$0.003 with flux-schnell/);
  expect(stillsOf(fleet.standIn)).toHaveLength(1);
});

test('a score for which there is no money waits while the footage is made, and then the video ships without it', async () => {
  const video = await fleet.startVideo(briefOf(1, { limits: { budgetUsd: stillUsd + clipUsd } }));

  const result = await video.result();

  expect(result.music).toMatchObject({
    status: 'failed',
    reason: /^BudgetExceeded: score costs up to \$0.2/,
  });
  expect(fleet.standIn.control.counters().createsByKind.score).toBe(0);
});

test('a host that bills more than its highest price is named, and nothing more is bought before a person has seen it', async () => {
  const limits = { budgetUsd: 50, concurrentStills: 2 };
  const models = { still: 'flux-kontext-pro' };
  const video = await fleet.startVideo(briefOf(4, { ...silent, limits, models }));

  const stopped = await video.when('both that were ordered have ended', ({ status, phases }) => {
    const ended = unitsOf({ phases }, 'storyboard').filter((unit) => unit.status === 'succeeded');
    return status === 'awaiting_budget' && ended.length === 2;
  });

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
  expect(stopped.budget?.halted).toMatch(
    /^The host replicate billed \$[\d.]+ for still-b[12] with flux-kontext-pro, whose highest price in the catalogue is \$0.04/,
  );
  expect(stopped.warnings).toContain(stopped.budget?.halted);

  // The person saw the reason, so the same budget may go on.
  await video.raiseBudget(50);
  await video.when('another still is ordered', () => stillsOf(fleet.standIn).length > 2);
});

test.each([
  [0.01, 'budgetUsd is 0.01: more than the budget of $1.00.'],
  [-1, 'budgetUsd is -1: more than 0, at most 1000000.'],
])('a new budget of %s is refused', async (budgetUsd, message) => {
  fleet.standIn.control.setBarrier({});
  const video = await fleet.startVideo(briefOf(1, { ...silent, limits: { budgetUsd: 1 } }));
  await fleet.standIn.control.waitFor({ held: 1 });

  await expect(video.raiseBudget(budgetUsd)).rejects.toMatchObject({ cause: { message } });
});

test('a video without a budget has none to raise', async () => {
  fleet.standIn.control.setBarrier({});
  const video = await fleet.startVideo(briefOf(1, silent));
  await fleet.standIn.control.waitFor({ held: 1 });

  await expect(video.raiseBudget(1)).rejects.toMatchObject({
    cause: { message: 'The video has no budget that could be raised.' },
  });
});

test('a video that waits for money can be cancelled, and says what it spent', async () => {
  const video = await fleet.startVideo(briefOf(2, { ...silent, limits: { budgetUsd: stillUsd } }));
  await video.when('one still is there', (found) => found.costUsd === stillUsd);

  await video.end();

  expect((await video.progress()).cancellation).toEqual({
    canceled: 0,
    spentUsd: stillUsd,
    savedUsd: 0,
    pastSavingUsd: 0,
    costUsd: stillUsd,
  });
  expect((await readManifest(fleet, video.id)).cancellation).toMatchObject({ spentUsd: stillUsd });
});

/** Expects that spent and reserved money stays within the cap. */
function expectWithinCap({ capUsd = 0, spentUsd, reservedUsd }: Partial<BudgetReport> = {}): void {
  expect((spentUsd ?? 0) + (reservedUsd ?? 0)).toBeLessThanOrEqual(capUsd + 1e-9);
}

/** The sum of costs in the ledger. */
async function spentOf(videoId: string): Promise<number> {
  let spentUsd = 0;
  for await (const { entry } of fleet.dependencies.ledger.list(videoId)) spentUsd += entry.costUsd ?? 0;
  return spentUsd;
}
