import { explainWaits } from '../../domain/explain-waits.ts';
import { readWaits } from '../../client/videos/read-waits.ts';

const nowMs = Date.parse('2026-11-28T08:00:00Z');
const at = (afterSeconds: number) => ({
  seconds: (nowMs / 1000 + afterSeconds) as unknown as Long,
});
type Pending = NonNullable<Parameters<typeof readWaits>[0]['raw']['pendingActivities']>[number];
type State = NonNullable<Pending['state']>;
type Long = NonNullable<NonNullable<Pending['nextAttemptScheduleTime']>['seconds']>;

test('steps that rest are told by unit, with the time and on whose word, soonest first', () => {
  const busy = (message: string, type?: string) => ({
    lastFailure: { message, ...(type === undefined ? {} : { applicationFailureInfo: { type } }) },
  });
  const pendingActivities: Pending[] = [
    {
      activityId: 'chunk-b1-2-t0-1a2b-submit',
      nextAttemptScheduleTime: at(1800),
      ...busy('the host said 429', 'ProviderBusy'),
    },
    {
      activityId: 'score-t0-1a2b-await',
      nextAttemptScheduleTime: at(60),
      ...busy('no answer', 'ProviderUnavailable'),
    },
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
    {
      unit: 'acceptBrief',
      until: '2026-11-28T08:00:30.000Z',
      because: 'DNS',
      nextStep: 'Nothing needs to be done: it is tried again by itself.',
    },
    {
      unit: 'score',
      until: '2026-11-28T08:01:00.000Z',
      because: 'no answer',
      nextStep: expect.stringContaining('beatreel doctor') as unknown,
    },
    {
      unit: 'chunk-b1-2',
      until: '2026-11-28T08:30:00.000Z',
      because: 'the host said 429',
      nextStep: expect.stringContaining('beatreel account HOST') as unknown,
    },
  ]);
});

test('a step that no worker has taken for half a minute is told, and one that was tried is not', () => {
  const step = (activityId: string, more: Pending): Pending => ({ activityId, attempt: 1, ...more });
  const [scheduled, started] = [1, 2] as unknown as [State, State];
  const pendingActivities = [
    step('clip-b1-1-normalise', { state: scheduled, scheduledTime: at(-40) }),
    step('clip-b2-1-normalise', { state: scheduled, scheduledTime: at(-5) }),
    step('clip-b3-1-normalise', { state: started, scheduledTime: at(-40) }),
    step('clip-b4-1-normalise', { state: scheduled, scheduledTime: at(-40), attempt: 2 }),
  ];

  const waits = readWaits({ raw: { pendingActivities } }, nowMs);

  expect(waits).toEqual([
    {
      unit: 'clip-b1-1',
      because: 'no worker has taken this step yet: all of its queue are busy, or none is running.',
      nextStep: expect.stringContaining('/readyz of a worker tells what it serves.') as unknown,
    },
  ]);
  expect(explainWaits(waits)).toEqual({
    reason:
      'clip-b1-1 waits: no worker has taken this step yet: all of its queue are busy, or none is running.',
    nextStep: expect.stringContaining('start one') as unknown,
  });
});

test('several steps that rest are one sentence, with what to do about the first', () => {
  const until = '2026-11-28T08:00:30.000Z';
  const wait = (unit: string, nextStep: string) => ({ unit, until, because: 'It is busy.', nextStep });

  expect(explainWaits([wait('still-b1', 'Wait.'), wait('still-b2', 'Look.')])).toEqual({
    reason: `still-b1 and 1 more wait until ${until}: It is busy.`,
    nextStep: 'Wait.',
  });
  expect(explainWaits([])).toEqual({});
});
