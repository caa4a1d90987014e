import { stillsOf } from '../support/at-the-host.ts';
import { beatOf, beatWords, briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet();
});
beforeEach(async () => {
  await fleet.reset();
  fleet.standIn.control.setBarrier({ kind: 'clip' });
});
afterAll(() => fleet.close());

const troubles = [
  { beat: 0, name: 'an answer that was lost', requests: 1, fault: { type: 'loseReply' } },
  {
    beat: 1,
    name: 'a 500 after the order was taken',
    requests: 1,
    fault: { type: 'serverError', when: 'after' },
  },
  { beat: 2, name: 'an answer that is no JSON', requests: 1, fault: { type: 'malformedJson' } },
  {
    beat: 3,
    name: 'a connection that broke before the order was taken',
    requests: 2,
    fault: { type: 'connectionReset' },
  },
  { beat: 4, name: 'a 429 with a delay', requests: 2, fault: { type: 'throttle', retryAfterSeconds: 1 } },
  {
    beat: 5,
    name: 'a list that lags two seconds behind a lost answer',
    requests: 1,
    fault: { type: 'loseReply' },
  },
] as const;

test('one still is bought for each beat, whatever becomes of the answer to its order', async () => {
  const { control } = fleet.standIn;
  control.setFaults([
    ...troubles.map(({ beat, fault }) => ({ match: { promptIncludes: beatWords(beat) }, fault })),
    { match: { promptIncludes: beatWords(5) }, times: 'always', fault: { type: 'listLag', seconds: 2 } },
  ]);

  const video = await fleet.startVideo(briefOf(troubles.length));
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  const stills = stillsOf(fleet.standIn);
  expect(stills.map(({ input }) => beatOf(input['prompt'])).toSorted((a, b) => a - b)).toEqual([
    0, 1, 2, 3, 4, 5,
  ]);
  expect(stills.every(({ status }) => status === 'succeeded')).toBe(true);
  expect(progress.phases[1]?.costUsd).toBe(0.018);
  // An order is sent again only when it is certainly absent.
  const expected = troubles.reduce((sum, { requests }) => sum + requests, 0);
  const clips = control.counters().createsByKind.clip + control.counters().createsByKind.score;
  expect(control.counters().createRequests - clips).toBe(expected);
});

test('a clip whose answer was lost is found by the picture it starts from', async () => {
  fleet.standIn.control.release();
  fleet.standIn.control.setFaults([{ match: { kind: 'clip' }, fault: { type: 'loseReply' } }]);

  const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
  const result = await video.result();

  expect(result.chunks).toBe(1);
  expect(fleet.standIn.control.counters().createsByKind.clip).toBe(1);
});

test('a key that the host refuses parks the video, and a retry goes on once it is mended', async () => {
  fleet.standIn.control.setFaults([{ match: { kind: 'still' }, fault: { type: 'unauthorized' } }]);
  const video = await fleet.startVideo(briefOf(1));
  const parked = await video.whenStatus('parked');
  expect(parked.phases[1]?.units[0]?.failure).toMatchObject({ type: 'CredentialsRejected' });

  await video.retry({});
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(1);
  expect(progress.phases[1]?.units[0]?.attempts).toBe(1);
});

test('an output that expired before it was fetched parks the video, and is bought again only when that is asked for', async () => {
  fleet.standIn.control.setFaults([
    { match: { kind: 'still' }, times: 'always', fault: { type: 'expireOutput' } },
  ]);
  const video = await fleet.startVideo(briefOf(1));
  const parked = await video.whenStatus('parked');
  expect(parked.phases[1]?.units[0]?.failure).toMatchObject({ type: 'PaidAndLost' });

  fleet.standIn.control.setFaults([]);
  await expect(video.retry({ beat: 'b1' })).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/^still-b1 was paid for and lost \(.*\$0\.003.*\)/) as string },
  });
  await video.retry({ newTake: true });
  const progress = await video.when('stills accepted', ({ phase }) => phase === 'chunks');

  expect(stillsOf(fleet.standIn)).toHaveLength(2);
  expect(progress.phases[1]?.costUsd).toBe(0.006);
});
