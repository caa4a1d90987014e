import { stillsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';
import type { Video } from '../support/video.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
const silent = { music: { enabled: false } } as const;
const oneOfThree =
  'Say one of three: which prediction to adopt, that it is to be submitted again, or to go without it.';

beforeAll(async () => {
  // Without a seed, orders cannot be told apart.
  fleet = await startFleet({
    models: {
      'flux-schnell': { accepts: {}, input: { prompt: '$prompt', aspect_ratio: '$aspectRatio' } },
    },
  });
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('an order that the host took, its answer lost, goes on with the prediction that a person names', async () => {
  const video = await startWithLostOrder();
  const [lost, other] = stillsOf(fleet.standIn).toSorted(
    (a, b) => beatOf(a.input['prompt']) - beatOf(b.input['prompt']),
  );

  await expect(video.reconcile({ beat: 'b1', adopt: other?.id ?? '' })).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/is already that of videos\//) as string },
  });
  await expect(video.reconcile({ beat: 'b1', adopt: 'nosuch' })).rejects.toMatchObject({
    cause: { message: 'The host replicate knows no prediction nosuch.' },
  });
  await video.reconcile({ beat: 'b1', adopt: lost?.id ?? '' });
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
});

test('a prediction that was believed lost and is found goes on as the same purchase', async () => {
  const { control } = fleet.standIn;
  const body = '{"detail":"No such prediction."}';
  const unknown = { type: 'wrongAnswer', status: 404, contentType: 'application/json', body } as const;
  control.setFaults([
    { match: { kind: 'still' }, fault: { type: 'listLag', seconds: 600 } },
    { match: { operation: 'get' }, times: 'always', fault: unknown },
  ]);
  const video = await fleet.startVideo(briefOf(1, silent));
  const parked = await video.whenStatus('parked');
  expect(unitsOf(parked, 'storyboard')[0]?.failure?.type).toBe('PaidAndLost');
  const [still] = stillsOf(fleet.standIn);

  control.setFaults([]);
  await video.reconcile({ unit: 'still-b1', adopt: still?.id ?? '' });
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(1);
  expect(progress.phases[1]).toMatchObject({ costUsd: 0.003 });
});

test('an order that the host did not take is placed again when a person says so, once', async () => {
  const video = await startWithLostOrder();

  await until(
    async () => {
      try {
        return await video.reconcile({ unit: 'still-b1', resubmit: true });
      } catch (error) {
        // While the order may still arrive, it cannot be declared absent.
        expect(error).toMatchObject({
          cause: { message: expect.stringMatching(/may still arrive for \d+ s/) as string },
        });
        return undefined;
      }
    },
    { what: 'the order can arrive no more' },
  );
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(3);
});

test('a unit that may be paid for already is not bought with other words', async () => {
  const video = await startWithLostOrder();

  await expect(video.retry({ beat: 'b1', prompt: 'other words' })).rejects.toMatchObject({
    cause: {
      message: 'still-b1 may be paid for already: reconcile it first, then another take can be bought.',
    },
  });
});

test('money for an order of which nobody knows stays set aside', async () => {
  const video = await startWithLostOrder({ limits: { budgetUsd: 0.006 } });

  expect((await video.progress()).budget).toMatchObject({ spentUsd: 0.003, reservedUsd: 0.003 });
});

test('the place of an order of which nobody knows is not given to another one before a person decides', async () => {
  const { control } = fleet.standIn;
  control.setFaults([{ match: { promptIncludes: beatWords(0) }, fault: { type: 'loseReply' } }]);
  const video = await fleet.startVideo(briefOf(2, { ...silent, limits: { concurrentStills: 1 } }));
  const stuck = await video.when('the first still is unknown', (found) =>
    unitsOf(found, 'storyboard').some(({ failure }) => failure?.type === 'NeedsReconcile'),
  );
  // It would wait for the host's own deadline of half an hour.
  expect(unitsOf(stuck, 'storyboard')[1]).toMatchObject({ status: 'waiting' });
  expect(control.counters().createRequests).toBe(1);

  await video.reconcile({ beat: 'b1', adopt: stillsOf(fleet.standIn)[0]?.id ?? '' });
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
});

test('two decisions at the same time are both carried out', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still' }, times: 2, fault: { type: 'loseReply' } },
    { match: { kind: 'clip' }, times: 'always', fault: { type: 'neverFinish' } },
  ]);
  const video = await fleet.startVideo(briefOf(2, silent));
  await video.whenStatus('parked');
  const stills = stillsOf(fleet.standIn);
  const decide = async (beat: number) => {
    const own = stills.find(({ input }) => beatOf(input['prompt']) === beat);
    await video.reconcile({ beat: beat + 1, adopt: own?.id ?? '' });
  };

  await Promise.all([decide(0), decide(1)]);
  await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
});

test.each([
  [{ beat: 'b1' }, oneOfThree],
  [{ beat: 'b1', adopt: 'a', resubmit: true }, oneOfThree],
  [{ beat: 'b1', resubmit: true, goWithout: true }, oneOfThree],
  [{ beat: 'b1', goWithout: true }, 'A video goes without its score at most, and this is still-b1.'],
  [{ beat: 'b1', adopt: 'a b' }, 'adopt is "a b": the id of a prediction, as the host shows it.'],
  [{ beat: 'b2', resubmit: true }, 'Name one unit; those that need to be reconciled are still-b1.'],
])('a decision that fits nothing is refused: %j', async (request, message) => {
  const video = await startWithLostOrder();

  await expect(video.reconcile(request)).rejects.toMatchObject({ cause: { message } });
});

/** A parked video of two stills, the answer to the first one's order lost; the second is there. */
async function startWithLostOrder(more: object = {}): Promise<Video> {
  fleet.standIn.control.setFaults([
    { match: { promptIncludes: beatWords(0) }, fault: { type: 'loseReply' } },
  ]);
  const video = await fleet.startVideo(briefOf(2, { ...silent, ...more }));
  await video.whenStatus('parked');
  return video;
}
