import { readWaits } from '../../client/videos/read-waits.ts';

const nowMs = Date.parse('2026-11-28T08:00:00Z');
const at = (afterSeconds: number) => ({
  seconds: (nowMs / 1000 + afterSeconds) as unknown as Long,
});
type Pending = NonNullable<Parameters<typeof readWaits>[0]['raw']['pendingActivities']>[number];
type Long = NonNullable<NonNullable<Pending['nextAttemptScheduleTime']>['seconds']>;

test('steps that rest are told by unit, with the time and on whose word, soonest first', () => {
  const busy = (message: string) => ({ lastFailure: { message } });
  const pendingActivities: Pending[] = [
    {
      activityId: 'chunk-b1-2-t0-1a2b-submit',
      nextAttemptScheduleTime: at(1800),
      ...busy('the host said 429'),
    },
    { activityId: 'score-t0-1a2b-await', nextAttemptScheduleTime: at(60), ...busy('no answer') },
    {
      activityId: '7',
      activityType: { name: 'acceptBrief' },
      nextAttemptScheduleTime: at(30),
      ...busy('DNS'),
    },
    { activityId: 'still-b2-t0-1a2b-await', nextAttemptScheduleTime: at(2), ...busy('running') },
    { activityId: 'still-b3-t0-1a2b-await', nextAttemptScheduleTime: at(60) },
    { activityId: 'clip-b4-1-make' },
  ];

  expect(readWaits({ raw: { pendingActivities } }, nowMs)).toEqual([
    { unit: 'acceptBrief', until: '2026-11-28T08:00:30.000Z', because: 'DNS' },
    { unit: 'score', until: '2026-11-28T08:01:00.000Z', because: 'no answer' },
    { unit: 'chunk-b1-2', until: '2026-11-28T08:30:00.000Z', because: 'the host said 429' },
  ]);
});
