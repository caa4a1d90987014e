import { randomUUID } from 'node:crypto';

import type { BeatreelClient, Edit, Manifest } from '../../client/index.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import { boughtBy, type RevisionBench, startRevisionBench } from '../support/revision-bench.ts';
import type { Fleet } from '../support/start-fleet.ts';
import type { Video } from '../support/video.ts';

let bench: RevisionBench;
let fleet: Fleet;
let client: BeatreelClient;

beforeAll(async () => {
  bench = await startRevisionBench();
  ({ fleet, client } = bench);
});
afterEach(() => fleet.reset());
afterAll(() => bench.close());

test('a person changes one beat of a finished video, and pays for that beat', async () => {
  const video = await fleet.startVideo(briefOf(3));
  await video.result();
  const before = await bench.manifestOf(video, 1);
  const files = await hashesOf(video);
  const edits: Edit[] = [{ op: 'words', beat: 2, still: `A gull at dawn, ${beatWords(1)}` }];

  const plan = await client.planRevision(video.id, edits);
  expect(plan).toMatchObject({ revision: 2, base: 1, isMade: false });
  expect(boughtBy(plan)).toEqual(['still-b2', 'chunk-b2-1']);
  expect(plan.plan).toMatchObject({
    highestUsd: 0.453,
    durationSeconds: 15,
    remade: ['clip-b2-1', 'cut', 'video'],
  });
  expect(bench.creates()).toBe(7);

  const made = await client.revise(video.id, edits, { accept: plan.plan.digest, base: 1 });
  const result = await video.result();

  expect(made).toMatchObject({ revision: 2, isMade: true, plan: plan.plan });
  expect(bench.creates()).toBe(9);
  expect(result).toMatchObject({
    beats: 3,
    durationSeconds: 15,
    video: { key: `videos/${video.id}/video-r2.mp4` },
  });
  expect(result.costUsd).toBeCloseTo(3 * 0.003 + 3 * 0.45 + 0.2 + 0.453, 6);
  expect((await client.ledger(video.id)).spentUsd).toBeCloseTo(result.costUsd, 6);
  const after = await bench.manifestOf(video, 2);
  const keys = (manifest: Manifest) => [...manifest.stills, ...manifest.chunks].map(({ key }) => key);
  expect(keys(after).filter((key) => !keys(before).includes(key))).toHaveLength(2);
  // The files of the first revision are unchanged, and both revisions are complete.
  expect(await hashesOf(video)).toMatchObject(files);
  for (const revision of [1, 2]) expect(await bench.problemsOf(video, revision)).toEqual([]);
  expect(await bench.secondsOf(video, 2)).toBeCloseTo(15, 1);

  // The same person repeats the change and gets the existing revision.
  expect(await client.revise(video.id, edits, { base: 1 })).toMatchObject({ revision: 2, isMade: true });
  expect(bench.creates()).toBe(9);
});

test('moving, removing and rolling back buy nothing, and inserting buys the new beat alone', async () => {
  const video = await fleet.startVideo(briefOf(2, { music: { enabled: false } }));
  await video.result();
  expect(bench.creates()).toBe(4);

  await bench.change(video, [{ op: 'move', beat: 'b2', before: 'b1' }]);
  expect((await bench.manifestOf(video, 2)).beats.map(({ id }) => id)).toEqual(['b2', 'b1']);
  expect(bench.creates()).toBe(4);

  const inserted = await bench.change(video, [
    { op: 'insert', still: `${beatWords(7)}, from above`, after: 'b2' },
  ]);
  expect(boughtBy(inserted)).toEqual(['still-b3', 'chunk-b3-1']);
  expect(bench.creates()).toBe(6);
  expect(await bench.secondsOf(video, 3)).toBeCloseTo(15, 1);

  await bench.change(video, [{ op: 'remove', beat: 'b3' }]);
  expect(bench.creates()).toBe(6);
  // The earlier cut is found again.
  expect((await bench.manifestOf(video, 4)).video?.key).toBe((await bench.manifestOf(video, 2)).video?.key);

  await bench.change(video, [{ op: 'rollBack', revision: 3 }]);
  expect(bench.creates()).toBe(6);
  expect((await bench.manifestOf(video, 5)).beats.map(({ id }) => id)).toEqual(['b2', 'b3', 'b1']);

  // A number is never used twice.
  const again = await client.planRevision(video.id, [{ op: 'insert', still: 'A gull' }]);
  expect(boughtBy(again)).toEqual(['still-b4', 'chunk-b4-1']);
});

test('another take is bought when a person rolls again, and the earlier one is chosen for nothing', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();
  const [first] = (await bench.manifestOf(video, 1)).stills;

  await bench.change(video, [{ op: 'reroll', unit: 'still-b1' }]);
  expect(bench.creates()).toBe(4);
  const takes = await client.takes(video.id, 'still-b1');
  expect(takes.map(({ take, state, costUsd }) => [take, state, costUsd])).toEqual([
    [0, 'succeeded', 0.003],
    [1, 'succeeded', 0.003],
  ]);
  const [own] = takes;
  expect((await fetch(own?.url ?? '')).status).toBe(200);

  await bench.change(video, [{ op: 'pin', unit: 'still-b1', take: 0 }]);
  expect(bench.creates()).toBe(4);
  expect((await bench.manifestOf(video, 3)).stills[0]?.key).toBe(first?.key);
});

test('an edit while a video is made lets what is ordered finish, and goes on with what was bought', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'still' });
  const video = await fleet.startVideo(briefOf(2, { music: { enabled: false } }));
  await control.waitFor({ held: 2 });

  const made = await client.revise(video.id, [{ op: 'words', beat: 'b2', motion: 'The lamp swings.' }]);
  control.release();
  const result = await video.result();

  expect(made.plan.units.map((unit) => [unit.name, unit.do])).toEqual([
    ['still-b1', 'finish'],
    ['still-b2', 'finish'],
    ['chunk-b1-1', 'buy'],
    ['chunk-b2-1', 'buy'],
  ]);
  expect(result.video.key).toBe(`videos/${video.id}/video-r2.mp4`);
  expect(bench.creates()).toBe(4);
  expect(await bench.problemsOf(video, 2)).toEqual([]);
});

test('when two people change one revision, one wins and the other learns of the change', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();
  const edits = (title: string): Edit[] => [{ op: 'title', title }];

  const outcomes = await Promise.allSettled(
    ['The keeper', 'The cat'].map((title) => client.revise(video.id, edits(title), { base: 1, by: 'Ada' })),
  );

  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const [refused] = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as Error] : [],
  );
  expect(refused).toMatchObject({ code: 'NotAccepted' });
  expect(refused?.message).toMatch(
    /for revision 1, and there is a newer one: revision 2 by Ada \(\{"op":"title","title":"The/,
  );
  await video.result();
  expect(bench.creates()).toBe(2);
});

test('only the plan that a person accepted is made', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();

  await expect(
    client.revise(video.id, [{ op: 'reroll', unit: 'still-b1' }], { accept: '0123456789ab' }),
  ).rejects.toMatchObject({
    code: 'NotAccepted',
    message: expect.stringMatching(
      /Digest 0123456789ab is outdated: it is now [0-9a-f]{12}, for at most \$0\.453: still-b1 with flux-schnell for \$0\.003, chunk-b1-1/,
    ) as unknown,
  });
  expect(await newestOf(video)).toBe(1);
});

test('a video of which Temporal knows nothing any more is changed all the same; one that never was is not', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();
  await fleet.client.workflowService.deleteWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: video.id },
  });

  await bench.change(video, [{ op: 'length', beat: 1, seconds: 10 }]);

  // The first chunk is kept, and one more continues from its end.
  expect(bench.creates()).toBe(3);
  expect(await bench.secondsOf(video, 2)).toBeCloseTo(10, 1);
  await expect(
    client.revise(`never-${randomUUID().slice(0, 8)}`, [{ op: 'title', title: 'A lamp' }]),
  ).rejects.toMatchObject({
    code: 'NotAccepted',
    message: expect.stringContaining('nothing was ever planned') as unknown,
  });
});

test('a kept still stays where its words have changed, and shows as one that no longer fits', async () => {
  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  await video.result();
  const edits: Edit[] = [{ op: 'words', beat: 1, still: `${beatWords(0)} in fog` }];

  const plan = await client.planRevision(video.id, edits, { keep: ['still-b1'] });
  expect(plan.plan.units).toMatchObject([
    { name: 'still-b1', do: 'reuse', isStale: true },
    { name: 'chunk-b1-1', do: 'reuse' },
  ]);
  await client.revise(video.id, edits, { keep: ['still-b1'] });
  await video.result();

  expect(bench.creates()).toBe(2);
});

async function newestOf({ id }: Video): Promise<number> {
  let newest = 0;
  for await (const { key } of fleet.dependencies.store.list(`videos/${id}/storyboard-r`))
    newest = Math.max(newest, Number(/r(\d+)\.json$/.exec(key)?.[1]));
  return newest;
}

/** Hashes of the video's files, by key. */
async function hashesOf({ id }: Video): Promise<Record<string, string>> {
  const { store } = fleet.dependencies;
  const hashes: Record<string, string> = {};
  for await (const { key } of store.list(`videos/${id}/`))
    if (!key.includes('/ledger/')) hashes[key] = (await store.hashObject(key)).sha256;
  return hashes;
}
