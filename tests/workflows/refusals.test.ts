import { stillsOf } from '../support/at-the-host.ts';
import { beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { unitsOf } from '../support/video.ts';

let fleet: Fleet;
const beats = [{ prompt: `${beatWords(0)}, a bloody knife beside it`, durationSeconds: 5 as const }];
const brief = briefOf(1, { music: { enabled: false }, beats });

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(() => fleet.reset());
afterAll(() => fleet.close());

test('a refused order is not sent again unchanged: the video parks with the words of the host', async () => {
  refuse('bloody');

  const video = await fleet.startVideo(brief);
  const parked = await video.whenStatus('parked');

  expect(stillsOf(fleet.standIn)).toHaveLength(1);
  expect(unitsOf(parked, 'storyboard')[0]?.failure).toEqual({
    type: 'ContentRejected',
    reason: 'The input or output was flagged as sensitive. Please try again with different inputs. (E005)',
  });
});

test('where the brief says so, a refused prompt is softened once, as a new take', async () => {
  refuse('bloody');

  const video = await fleet.startVideo({ ...brief, onRefusal: 'soften' });
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  const [first, second] = stillsOf(fleet.standIn).map(({ input }) => input);
  expect(stillsOf(fleet.standIn)).toHaveLength(2);
  expect(second?.['prompt']).toMatch(/suitable for all audiences\.$/);
  expect(second?.['prompt']).not.toMatch(/blood|knife/);
  expect(second?.['seed']).not.toBe(first?.['seed']);
  expect(unitsOf(progress, 'storyboard')).toMatchObject([{ status: 'succeeded', attempts: 2 }]);
});

test('a unit refused in softer words too parks, and no words are softened twice', async () => {
  refuse(beatWords(0));

  const video = await fleet.startVideo({ ...brief, onRefusal: 'soften' });
  const parked = await video.whenStatus('parked');

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
  expect(unitsOf(parked, 'storyboard')).toMatchObject([{ status: 'failed', attempts: 2 }]);

  await video.retry({});
  await video.when('another take is refused', () => stillsOf(fleet.standIn).length === 3);
  await video.whenStatus('parked');
  expect(stillsOf(fleet.standIn)).toHaveLength(3);
});

function refuse(words: string): void {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still', promptIncludes: words }, times: 'always', fault: { type: 'refuse' } },
  ]);
}
