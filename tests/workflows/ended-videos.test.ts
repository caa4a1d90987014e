import type { BeatreelClient, Edit } from '../../client/index.ts';
import { describePlan } from '../../client/cli/describe-plan.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { type RevisionBench, startRevisionBench } from '../support/revision-bench.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';

let bench: RevisionBench;
let fleet: Fleet;
let client: BeatreelClient;
const silent = { music: { enabled: false } } as const;

beforeAll(async () => {
  bench = await startRevisionBench();
  ({ fleet, client } = bench);
});
afterEach(() => fleet.reset());
afterAll(() => bench.close());

test('a cancel ends the revision that is made and nothing else, and the next one goes on from it', async () => {
  const { control } = fleet.standIn;
  const video = await fleet.startVideo(briefOf(2, silent));
  await video.result();
  control.setBarrier({ kind: 'clip' });
  await client.revise(video.id, [{ op: 'words', beat: 1, still: 'A gull' }]);
  await control.waitFor({ held: 1 });
  await client.cancel(video.id);
  await expect(video.result()).rejects.toThrow('Workflow execution cancelled');
  control.release();

  // The still of the revision was made; its chunk was canceled at the host.
  expect(bench.creates()).toBe(6);
  expect(await client.result(video.id)).toMatchObject({
    manifest: { key: `videos/${video.id}/manifest-r1.json` },
  });
  expect(await bench.problemsOf(video, 1)).toEqual([]);
  expect(await bench.manifestOf(video, 2)).toMatchObject({
    status: 'canceled',
    stills: [{}, {}],
    video: null,
  });

  const changed = await bench.change(video, [{ op: 'title', title: 'The gull' }]);
  expect(changed).toMatchObject({ revision: 3, base: 2 });
  // That still is used again; its chunk is a new take.
  expect(bench.creates()).toBe(7);
});

test('a video that failed is changed, and what was bought for it is used', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { promptIncludes: beatWords(1) }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(briefOf(2, { ...silent, onFailure: 'fail' }));
  await video.failure();
  const refused = bench.creates();

  const { plan } = await bench.change(video, [{ op: 'words', beat: 2, still: 'A gull' }]);

  expect(plan.units.map((unit) => [unit.name, unit.do])).toEqual([
    ['still-b1', 'reuse'],
    ['still-b2', 'buy'],
    ['chunk-b1-1', 'buy'],
    ['chunk-b2-1', 'buy'],
  ]);
  expect(bench.creates()).toBe(refused + 3);
  const isListed = async (phase: 'failed' | 'succeeded') =>
    (await client.list({ phase, limit: 1000 })).some(({ videoId }) => videoId === video.id);
  expect(await until(() => isListed('succeeded'), { what: 'it is listed as it stands now' })).toBe(true);
  expect(await isListed('failed')).toBe(false);
});

test('a change that does not fit the budget says so, and waits for money', async () => {
  const budgetUsd = 0.46;
  const video = await fleet.startVideo(briefOf(1, { ...silent, limits: { budgetUsd } }));
  await video.result();
  const edits: Edit[] = [{ op: 'words', beat: 1, motion: 'The lamp swings.' }];

  const plan = await client.planRevision(video.id, edits);
  expect(describePlan(plan)).toContain('The budget is $0.46: this may need $0.903. Say --budget 0.91.');
  await client.revise(video.id, edits);
  await video.when(
    'it waits for money',
    ({ status, revision }) => status === 'awaiting_budget' && revision === 2,
  );
  expect(bench.creates()).toBe(2);

  await client.raiseBudget(video.id, 0.91);
  await video.result();
  expect(bench.creates()).toBe(3);
  const lower = await client.planRevision(video.id, [{ op: 'budget', usd: 0.5 }]);
  expect(lower).toMatchObject({ budgetUsd: 0.5 });
  // The cap belongs to the video: it counts all spending, and holds for the next revision.
  const next = await client.planRevision(video.id, [{ op: 'title', title: 'x' }]);
  expect(next).toMatchObject({ budgetUsd: 0.91 });
  expect(next.spentUsd).toBeCloseTo(0.903, 6);
});

test('a budget that is lowered while a video is made is the one that holds', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(1, { ...silent, limits: { budgetUsd: 10 } }));
  await control.waitFor({ held: 1 });
  await client.raiseBudget(video.id, 20);

  await client.revise(video.id, [{ op: 'title', title: 'As it was raised' }]);
  await client.revise(video.id, [{ op: 'budget', usd: 0.1 }]);
  control.release();
  const short = await video.when(
    'the last revision waits for money',
    ({ status, revision }) => status === 'awaiting_budget' && revision === 3,
  );

  expect(short.budget).toMatchObject({ capUsd: 0.1 });
  expect(bench.creates()).toBe(1);
});
