import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { unitsOf } from '../support/video.ts';
import { stillsOf } from '../support/at-the-host.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(async () => {
  await fleet.reset();
  // Holds all clips, so that none is rendered: these tests are about stills.
  fleet.standIn.control.setBarrier({ kind: 'clip' });
});
afterAll(() => fleet.close());

test.each([1, 3, 5, 7])('as many stills as beats are made, each for its beat: %i', async (count) => {
  const video = await fleet.startVideo(briefOf(count, { music: { enabled: false } }));

  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  const units = unitsOf(progress, 'storyboard');
  expect(units.map(({ beat }) => beat)).toEqual(Array.from({ length: count }, (_, index) => `b${index + 1}`));
  const stills = stillsOf(fleet.standIn);
  expect(stills).toHaveLength(count);
  for (const { beat, ledgerKey = '', artifact } of units) {
    const entry = (await fleet.dependencies.ledger.read(ledgerKey))?.entry;
    const bought = stills.find(({ id }) => id === entry?.predictionId);
    expect(beatOf(bought?.input['prompt'])).toBe(Number(beat?.slice(1)) - 1);
    expect(entry?.artifact).toEqual(artifact);
    expect(artifact?.key).toContain(`/stills/${beat ?? ''}-`);
  }
});

test('all stills of three beats are ordered before the first is finished', async () => {
  fleet.standIn.control.setBarrier({ kind: 'still', count: 3 });

  const video = await fleet.startVideo(briefOf(3));
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  const stills = stillsOf(fleet.standIn);
  const firstEnd = Math.min(...stills.map(({ finishedAtMs = 0 }) => finishedAtMs));
  expect(stills.map(({ createdAtMs }) => createdAtMs <= firstEnd)).toEqual([true, true, true]);
});

test('five of ten stills are at the host at once and never more, in beat order although they end in reverse', async () => {
  const { control } = fleet.standIn;
  control.setLatency(({ kind, input }) =>
    kind === 'still' ? 0.1 + 0.06 * (9 - beatOf(input['prompt'])) : 0.2,
  );
  control.setBarrier({ kind: 'still', count: 5 });

  const video = await fleet.startVideo(briefOf(10));
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(control.counters().maxInFlight.still).toBe(5);
  const stills = stillsOf(fleet.standIn);
  expect(
    stills
      .map(({ input }) => beatOf(input['prompt']))
      .slice(0, 5)
      .toSorted((a, b) => a - b),
  ).toEqual([0, 1, 2, 3, 4]);
  const ended = stills.toSorted((a, b) => (a.finishedAtMs ?? 0) - (b.finishedAtMs ?? 0));
  expect(beatOf(ended[0]?.input['prompt'])).toBe(4);
  expect(
    unitsOf(progress, 'storyboard').map(({ beat, artifact }) => [
      beat,
      artifact?.key.split('/').at(-1)?.split('-')[0],
    ]),
  ).toEqual(unitsOf(progress, 'storyboard').map((_, index) => [`b${index + 1}`, `b${index + 1}`]));
});

test('a still that fails leaves the others finished and parks the video', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(1) }, fault: { type: 'refuse' } },
  ]);

  const video = await fleet.startVideo(briefOf(3));
  const parked = await video.whenStatus('parked');

  const units = unitsOf(parked, 'storyboard');
  expect(units.map(({ status }) => status)).toEqual(['succeeded', 'failed', 'succeeded']);
  expect(units[1]?.failure?.type).toBe('ContentRejected');
  expect(units[1]?.failure?.reason).toContain('flagged as sensitive');
  expect(parked.phases[1]?.status).toBe('partial');
  expect(stillsOf(fleet.standIn)).toHaveLength(3);
});

test('a retry of one failed still buys exactly one, with the prompt a person gave', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(2) }, fault: { type: 'refuse' } },
  ]);
  const video = await fleet.startVideo(briefOf(3));
  await video.whenStatus('parked');

  const accepted = await video.retry({ beat: 'b3', prompt: 'beat-2 of the lamp, seen from the side' });
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(accepted.units).toEqual(['still-b3']);
  const stills = stillsOf(fleet.standIn);
  expect(stills).toHaveLength(4);
  expect(stills[3]?.input['prompt']).toBe('beat-2 of the lamp, seen from the side');
  expect(stills[3]?.input['seed']).not.toBe(stills.find(({ status }) => status === 'failed')?.input['seed']);
  expect(unitsOf(progress, 'storyboard').map(({ attempts }) => attempts)).toEqual([1, 1, 2]);
});

test('a retry of one of two failed stills leaves the other parked', async () => {
  fleet.standIn.control.setFaults([{ match: { kind: 'still' }, times: 2, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo(briefOf(2));
  await video.whenStatus('parked');

  await video.retry({ beat: 'b1' });
  const parked = await video.when(
    'parked with one still',
    (found) => found.status === 'parked' && unitsOf(found, 'storyboard')[0]?.status === 'succeeded',
  );

  expect(unitsOf(parked, 'storyboard').map(({ status }) => status)).toEqual(['succeeded', 'failed']);
  expect(stillsOf(fleet.standIn)).toHaveLength(3);
});

test('a retry that matches nothing is refused and names what failed', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(0) }, fault: { type: 'fail' } },
  ]);
  const video = await fleet.startVideo(briefOf(1));
  await video.whenStatus('parked');

  await expect(video.retry({ beat: 'b5' })).rejects.toMatchObject({
    cause: { type: 'InvalidRequest', message: 'No failed unit matches; failed are still-b1.' },
  });
});

test('a picture too few ends the video with both counts when it should fail', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(1) }, fault: { type: 'emptyOutput' } },
  ]);

  const video = await fleet.startVideo(briefOf(3, { onFailure: 'fail' }));
  const failure = await video.failure();

  expect(failure.type).toBe('UnitsFailed');
  expect(failure.message).toBe(
    'There are 2 stills for 3 beats. Failed: still-b2: ArtifactMissing, The host delivered 0 files where 1 was ordered.',
  );
  expect(failure.details?.[0]).toMatchObject({
    units: [{ phase: 'storyboard', name: 'still-b2', failure: { type: 'ArtifactMissing' } }],
  });
  const manifest = await fleet.dependencies.store.getJson(`videos/${video.id}/manifest-r1.json`);
  expect(manifest?.value).toMatchObject({
    status: 'failed',
    stills: [{ beat: 'b1' }, { beat: 'b3' }],
    chunks: [],
  });
});

test('a picture too few parks the video, and the retry buys a new take', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: beatWords(1) }, fault: { type: 'emptyOutput' } },
  ]);
  const video = await fleet.startVideo(briefOf(2));
  await video.whenStatus('parked');

  await video.retry({});
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(3);
  expect(progress.phases[1]?.costUsd).toBeCloseTo(0.009, 6);
});

test('a file that is no picture is fetched again and again, and bought again only when a person asks for that', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still' }, fault: { type: 'wrongType', label: 'as-expected' } },
  ]);
  const video = await fleet.startVideo(briefOf(1));
  const parked = await video.whenStatus('parked');
  expect(unitsOf(parked, 'storyboard')[0]?.failure?.type).toBe('NotFetched');

  await video.retry({ unit: 'still-b1' });
  await video.whenStatus('parked');
  expect(stillsOf(fleet.standIn)).toHaveLength(1);

  await video.retry({ unit: 'still-b1', newTake: true });
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');
  expect(stillsOf(fleet.standIn)).toHaveLength(2);
});
