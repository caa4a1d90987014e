import { clipsOf, stillsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { readManifest, verify } from '../support/verify.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
const silent = { music: { enabled: false } } as const;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('a chunk that fails leaves the others finished, and the retry of that one buys exactly one', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'clip', promptIncludes: beatWords(1) }, fault: { type: 'fail' } },
  ]);

  const video = await fleet.startVideo(briefOf(3, silent));
  const parked = await video.whenStatus('parked');

  expect(unitsOf(parked, 'chunks').map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
  expect(unitsOf(parked, 'chunks')[1]?.failure).toMatchObject({ type: 'PredictionFailed' });
  // All work without a failed chunk is done: the clips of the others.
  const clips = unitsOf(parked, 'stitch').filter(({ medium }) => medium === 'clip');
  expect(clips.map(({ status }) => status)).toEqual(['succeeded', 'waiting', 'succeeded']);
  expect(parked.phase).toBe('chunks');
  expect(clipsOf(fleet.standIn)).toHaveLength(3);

  await video.retry({ beat: 'b2' });
  const result = await video.result();

  expect(clipsOf(fleet.standIn)).toHaveLength(4);
  expect(stillsOf(fleet.standIn)).toHaveLength(3);
  expect(result.clips).toBe(3);
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true, problems: [] });
});

test('failed chunks end the video with both counts when it should fail, and the manifest keeps the rest', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'clip', promptIncludes: beatWords(0) }, fault: { type: 'refuse' } },
  ]);

  const video = await fleet.startVideo(briefOf(2, { ...silent, onFailure: 'fail' }));
  const failure = await video.failure();

  expect(failure.type).toBe('UnitsFailed');
  expect(failure.message).toMatch(
    /^There is 1 clip for 2 planned chunks\. Failed: chunk-b1-1: ContentRejected/,
  );
  const manifest = await readManifest(fleet, video.id);
  expect(manifest.status).toBe('failed');
  expect(manifest.stills.map(({ beat }) => beat)).toEqual(['b1', 'b2']);
  expect(manifest.chunks.map(({ unit }) => unit)).toEqual(['chunk-b2-1']);
  expect(manifest.clips.map(({ unit }) => unit)).toEqual(['clip-b2-1']);
});

test('a follower that fails is bought again alone, from the last frame of the chunk that is there', async () => {
  // The second clip of the only beat.
  fleet.standIn.control.setFaults([{ match: { kind: 'clip', nth: 2 }, fault: { type: 'fail' } }]);
  const brief = briefOf(1, {
    ...silent,
    beats: [{ prompt: beatWords(0), durationSeconds: 10 }],
    durationSeconds: 10,
  });
  const video = await fleet.startVideo(brief);
  const parked = await video.whenStatus('parked');
  expect(unitsOf(parked, 'chunks').map(({ status }) => status)).toEqual(['succeeded', 'failed']);

  await video.retry({ unit: 'chunk-b1-2' });
  await video.when('the follower is there', (found) => unitsOf(found, 'chunks')[1]?.status === 'succeeded');

  const clips = clipsOf(fleet.standIn);
  expect(clips).toHaveLength(3);
  expect(clips[2]?.input['first_frame_image']).not.toBe(clips[0]?.input['first_frame_image']);
});

test('footage that cannot be decoded is tried three times, and a new take is bought when a person asks for one', async () => {
  fleet.standIn.control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'bigOutput', sizeMiB: 0.1 } }]);
  const video = await fleet.startVideo(briefOf(1, silent));
  const parked = await video.whenStatus('parked');

  expect(unitsOf(parked, 'stitch')).toMatchObject([
    { name: 'clip-b1-1', status: 'failed', failure: { type: 'MediaToolFailed' } },
    { name: 'cut', status: 'waiting' },
  ]);
  expect(await video.attemptsOf('normaliseClip')).toEqual([3]);

  await video.retry({ unit: 'clip-b1-1', newTake: true });
  await video.result();

  expect(clipsOf(fleet.standIn)).toHaveLength(2);
  expect(await verify(fleet, video.id)).toMatchObject({ ok: true });
});

test('a limit of the brief holds below that of the operator', async () => {
  fleet.standIn.control.setBarrier({ kind: 'still', count: 2 });

  const video = await fleet.startVideo(briefOf(5, { limits: { concurrentStills: 2, concurrentChunks: 1 } }));
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');
  await fleet.standIn.control.waitFor({ creates: 7 });

  expect(fleet.standIn.control.counters().maxInFlight).toMatchObject({ still: 2, clip: 1 });
  expect(stillsOf(fleet.standIn).map(({ input }) => beatOf(input['prompt']))).toHaveLength(5);
});
