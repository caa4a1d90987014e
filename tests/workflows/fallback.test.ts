import { createDependencies } from '../../workers/create-dependencies.ts';
import type { BriefInput } from '../../domain/schemas/brief-schema.ts';
import { clipsOf, stillsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import { wordsAloneModel } from '../support/words-alone-model.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { readManifest, verify } from '../support/verify.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
const silent = { music: { enabled: false } } as const;
const stills = ['flux-schnell', 'flux-dev', 'flux-1.1-pro'];
const words = 'blind-clips';
const unmarked = 'flux-1.1-pro';

beforeAll(async () => {
  fleet = await startFleet({
    models: {
      // Without a seed, orders cannot be told apart.
      [unmarked]: { accepts: {}, input: { prompt: '$prompt', aspect_ratio: '$aspectRatio' } },
      [words]: wordsAloneModel,
    },
  });
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('the next model makes a unit that one model refused, as a new take, and the video says which', async () => {
  fault({ kind: 'still', model: 'black-forest-labs/flux-schnell', promptIncludes: beatWords(1) }, 'refuse');

  const video = await fleet.startVideo(brief(3, { models: { still: stills } }));
  const { costUsd, phases } = await video.result();

  expect(stillsOf(fleet.standIn).map(({ model, input }) => [beatOf(input['prompt']), model])).toEqual(
    expect.arrayContaining([
      [0, 'black-forest-labs/flux-schnell'],
      [1, 'black-forest-labs/flux-schnell'],
      [2, 'black-forest-labs/flux-schnell'],
      [1, 'black-forest-labs/flux-dev'],
    ]),
  );
  expect(stillsOf(fleet.standIn)).toHaveLength(4);
  expect(unitsOf({ phases }, 'storyboard').map(({ model, attempts }) => [model, attempts])).toEqual([
    ['flux-schnell', 1],
    ['flux-dev', 2],
    ['flux-schnell', 1],
  ]);
  expect((await video.progress()).warnings).toEqual([
    expect.stringMatching(/^still-b2: flux-dev is tried in place of flux-schnell \(ContentRejected: /),
  ]);
  expect(costUsd).toBeCloseTo(2 * 0.003 + 0.025 + 3 * 0.45, 6);
  const manifest = await readManifest(fleet, video.id);
  expect(manifest.stills.map(({ model }) => model)).toEqual(['flux-schnell', 'flux-dev', 'flux-schnell']);
  expect((await verify(fleet, video.id)).problems).toEqual([]);
});

test('when every model has failed the video parks, and a retry begins with the first again', async () => {
  fault({ kind: 'still' }, 'fail');
  const video = await fleet.startVideo(brief(1, { models: { still: stills } }));

  const parked = await video.whenStatus('parked');
  expect(stillsOf(fleet.standIn).map(({ model }) => model.split('/')[1])).toEqual(stills);
  expect(unitsOf(parked, 'storyboard')).toMatchObject([
    { status: 'failed', attempts: 3, failure: { type: 'PredictionFailed' } },
  ]);

  fleet.standIn.control.setFaults([]);
  await video.retry({});
  await video.result();
  expect(stillsOf(fleet.standIn).at(-1)?.model).toBe('black-forest-labs/flux-schnell');
});

test('the next model waits for the money it costs, and nothing is bought above the budget', async () => {
  fault({ kind: 'still', model: 'black-forest-labs/flux-schnell' }, 'refuse');
  const video = await fleet.startVideo(
    brief(1, { models: { still: ['flux-schnell', 'flux-dev'] }, limits: { budgetUsd: 0.02 } }),
  );

  const short = await video.whenStatus('awaiting_budget');
  expect(unitsOf(short, 'storyboard')).toMatchObject([{ status: 'awaiting_budget' }]);
  expect(stillsOf(fleet.standIn)).toHaveLength(1);

  await video.raiseBudget(2);
  await video.result();
  expect(stillsOf(fleet.standIn)).toHaveLength(2);
});

test('a unit paid for but not fetched yet is not bought again with another model, nor by a retry', async () => {
  const own = await startFleet({ serve: false });
  try {
    const { control } = own.standIn;
    control.setFaults([
      { match: { model: 'black-forest-labs/flux-schnell' }, times: 'always', fault: { type: 'refuse' } },
    ]);
    const elsewhere = await createDependencies({ ...own.settings, outputHosts: 'cdn.example.com' });
    const forbidden = await own.serve({ dependencies: elsewhere });
    const video = await own.startVideo(brief(1, { models: { still: stills } }));
    const parked = await video.whenStatus('parked');
    expect(unitsOf(parked, 'storyboard')).toMatchObject([
      {
        status: 'failed',
        attempts: 2,
        model: 'flux-dev',
        costUsd: 0.025,
        failure: { type: 'NotFetched' },
      },
    ]);

    // An operator now allows the outputs' real server.
    await forbidden.stop();
    await elsewhere.close();
    await own.serve();
    await video.retry({});
    const { costUsd } = await video.result();

    expect(stillsOf(own.standIn)).toHaveLength(2);
    expect(costUsd).toBeCloseTo(0.025 + 0.45, 6);
  } finally {
    await own.close();
  }
});

test('after a refused order, softer words come before another model', async () => {
  fault({ kind: 'still', model: 'image-01' }, 'refuse');
  const beats = [{ prompt: `${beatWords(0)}, a bloody knife beside it`, durationSeconds: 5 as const }];
  const video = await fleet.startVideo(
    brief(1, { beats, onRefusal: 'soften', models: { still: ['minimax-image-01', 'flux-dev'] } }),
  );
  await video.result();

  const asked = stillsOf(fleet.standIn).map(({ model, input }) => [
    model,
    String(input['prompt']).includes('bloody'),
  ]);
  // The other model is asked in the words of the beat.
  expect(asked).toEqual([
    ['image-01', true],
    ['image-01', false],
    ['black-forest-labs/flux-dev', true],
  ]);
});

test('an order that nobody knows the end of is for a person, and no other model is asked', async () => {
  fleet.standIn.control.setFaults([{ match: { kind: 'still' }, fault: { type: 'loseReply' } }]);
  const video = await fleet.startVideo(brief(1, { models: { still: [unmarked, 'flux-dev'] } }));

  const parked = await video.whenStatus('parked');

  expect(unitsOf(parked, 'storyboard')[0]?.failure?.type).toBe('NeedsReconcile');
  expect(stillsOf(fleet.standIn)).toHaveLength(1);
});

test('a model that starts from no picture is told in words what the still shows, chunk beside chunk', async () => {
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const beats = [{ prompt: beatWords(0), durationSeconds: 10 as const, motionPrompt: 'The lamp turns.' }];
  const video = await fleet.startVideo({ ...brief(2), beats, models: { clip: words } });

  // The second chunk does not wait for the end of the first.
  await video.when('both chunks are ordered', () => clipsOf(fleet.standIn).length === 2);
  for (const { input } of clipsOf(fleet.standIn)) {
    expect(input).not.toHaveProperty('first_frame_image');
    expect(input['prompt']).toMatch(/beat-0 of the lamp.*The lamp turns\./s);
  }
  expect((await video.progress()).warnings).toEqual([
    `${words} starts from no picture: its footage follows the words of each beat, not its still.`,
  ]);

  control.release();
  expect(await video.result()).toMatchObject({ stills: 1, chunks: 2, durationSeconds: 10 });
});

test('a person buys one of two independent chunks again, and its neighbour stays', async () => {
  const beats = [{ prompt: beatWords(0), durationSeconds: 10 as const, motionPrompt: 'The lamp turns.' }];
  fleet.standIn.control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'refuse' } }]);
  const video = await fleet.startVideo({ ...brief(2), beats, models: { clip: words } });
  await video.whenStatus('parked');
  expect(clipsOf(fleet.standIn)).toHaveLength(2);

  await video.retry({ beat: 'b1', prompt: 'The lamp turns slowly.' });
  await video.result();

  expect(clipsOf(fleet.standIn)).toHaveLength(3);
});

test('a model with sound of its own is asked for footage without music', async () => {
  const video = await fleet.startVideo(brief(1, { models: { clip: 'veo-3.1-fast' }, aspectRatio: '16:9' }));
  await video.result();

  expect(clipsOf(fleet.standIn)[0]?.input['prompt']).toMatch(
    / Only the sounds of the scene itself, no music\.$/,
  );
});

function brief(beats: number, more: Partial<BriefInput> = {}): BriefInput {
  return { ...briefOf(beats, silent), ...more };
}

function fault(match: object, type: 'refuse' | 'fail'): void {
  fleet.standIn.control.setFaults([{ match, times: 'always', fault: { type } }]);
}
