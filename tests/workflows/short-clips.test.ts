import { clipsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;

/** The model delivers 5.06 s, and the catalogue says 8: of each beat two chunks of 7.5 s are wanted. */
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
afterAll(() => fleet.close());

const beats = [0, 1, 2].map((beat) => ({ prompt: beatWords(beat), durationSeconds: 15 as const }));
const models = { clip: 'wan-2.2-i2v-fast' };
const brief = briefOf(3, { beats, durationSeconds: 45, models, music: { enabled: false } });

test('after the first clip that came too short nothing more of its model is bought before a person has seen it', async () => {
  // One after the other; what is on its way when the first is refused takes its time.
  fleet.standIn.control.setLatency({
    rules: [{ match: { kind: 'clip', promptIncludes: beatWords(1) }, seconds: 20 }],
  });
  const video = await fleet.startVideo({ ...brief, limits: { concurrentChunks: 1 } });

  const parked = await video.whenStatus('parked');

  expect(clipsOf(fleet.standIn).map(({ input }) => beatOf(input['prompt']))).toEqual([0, 1]);
  const [, , third] = unitsOf(parked, 'chunks').filter(({ name }) => name.endsWith('-00'));
  expect(third).toMatchObject({
    name: 'chunk-02-00',
    status: 'failed',
    costUsd: 0,
    failure: {
      type: 'ClipTooShort',
      reason: expect.stringMatching(
        /^Not ordered, because other footage of wan-2\.2-i2v-fast came too short: .* it lasts 5\.\d+ s .* 7\.500 s \(180 frames\) are needed/,
      ) as unknown,
    },
  });

  await video.retry({ unit: 'chunk-02-00' });
  await fleet.standIn.control.waitFor({ creates: 3 + 3 });
  expect(clipsOf(fleet.standIn).map(({ input }) => beatOf(input['prompt']))).toEqual([0, 1, 2]);
});
