import { explainProgress } from '../../domain/explain-progress.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import type { UnitReport, VideoProgress, WaitsFor } from '../../domain/progress.ts';

test('a video of which nothing waits needs no explanation', () => {
  expect(explainProgress(progressOf({ status: 'running' }))).toEqual({});
});

test.each<[FailureType, string]>([
  [
    'ContentRejected',
    'The host refused the words "a knife". Ask for still-b2 in other words: beatreel retry lamp --unit still-b2 --prompt "OTHER WORDS"',
  ],
  [
    'NeedsReconcile',
    'Look at the host whether it took the order, then: beatreel reconcile lamp --unit still-b2 --adopt PREDICTION, or --resubmit',
  ],
  [
    'PaidAndLost',
    'Buy it again, which costs its price again: beatreel retry lamp --unit still-b2 --new-take',
  ],
  ['CredentialsRejected', 'Correct the key of the host and restart the workers, then: beatreel retry lamp'],
  ['BudgetExceeded', 'Put money into the account at the host, then: beatreel retry lamp'],
  ['PredictionFailed', 'Run what failed again: beatreel retry lamp'],
])('a video that is parked by %s says why, and what to do', (type, nextStep) => {
  const problem = 'There is 1 still for 2 beats.';
  const units = [unitOf({ failure: { type, reason: 'No.' }, refusedWords: 'a knife' })];

  expect(explainProgress(progressOf({ status: 'parked', problem, units }))).toEqual({
    reason: `There is 1 still for 2 beats. still-b2: ${type}, No.`,
    nextStep,
  });
});

test('a video that waits for money says how much it needs', () => {
  const budget = {
    capUsd: 0.5,
    spentUsd: 0.003,
    reservedUsd: 0.45,
    waiting: ['chunk-b1-2-t0'],
    neededUsd: 0.9031,
  };

  expect(explainProgress(progressOf({ status: 'awaiting_budget', budget }))).toEqual({
    reason:
      '$0.003 of the budget of $0.50 is spent and $0.45 set aside; the next purchase needs a budget of $0.904.',
    nextStep: 'Let it go on: beatreel raise-budget lamp 0.904, or more',
  });
});

test('a finished video without its music says why', () => {
  const score = unitOf({
    medium: 'score',
    status: 'skipped',
    failure: { type: 'BudgetExceeded', reason: 'No money.' },
  });

  expect(explainProgress(progressOf({ status: 'succeeded', units: [score] }))).toEqual({
    reason: 'It has no music. BudgetExceeded: No money.',
    nextStep: 'Add the music, which costs its price: beatreel plan lamp --re-roll score',
  });
});

test('a finished video says how to fetch it', () => {
  expect(explainProgress(progressOf({ status: 'succeeded' }))).toEqual({
    nextStep: 'Fetch it: beatreel download lamp',
  });
});

const byItself = 'Nothing needs to be done: it goes on by itself.';

test.each<[readonly WaitsFor[], string, string]>([
  [
    ['place'],
    'still-b1 waits for a place: the limits of the video allow no more predictions at a time.',
    byItself,
  ],
  [
    ['place', 'place', 'place'],
    'still-b1 and 2 more wait for a place: the limits of the video allow no more predictions at a time.',
    byItself,
  ],
  [
    ['permit'],
    'still-b1 waits for a permit of the host account: the limits of the operator allow no more predictions at a time.',
    `${byItself} See the permits in use: beatreel account HOST`,
  ],
  [['money'], 'still-b1 waits for money that is set aside for others and may come back.', byItself],
  [
    ['money', 'permit'],
    'still-b2 waits for a permit of the host account: the limits of the operator allow no more predictions at a time. ' +
      'still-b1 waits for money that is set aside for others and may come back.',
    `${byItself} See the permits in use: beatreel account HOST`,
  ],
])('a running video whose units wait for %j says so', (kinds, reason, nextStep) => {
  const units = kinds.map((waitsFor, index) =>
    unitOf({ name: `still-b${index + 1}`, status: 'waiting', waitsFor }),
  );

  expect(explainProgress(progressOf({ status: 'running', units }))).toEqual({ reason, nextStep });
});

test.each(['failed', 'canceled'] as const)('a video that is %s says where its purchases are', (status) => {
  const { reason, nextStep } = explainProgress(progressOf({ status, problem: 'The plan failed.' }));

  expect(reason).toBe(status === 'failed' ? 'The plan failed.' : 'Somebody canceled it.');
  expect(nextStep).toContain('beatreel ledger lamp');
});

function unitOf(changes: Partial<UnitReport>): UnitReport {
  return { name: 'still-b2', medium: 'still', status: 'failed', attempts: 1, costUsd: 0, ...changes };
}

function progressOf({
  units = [],
  ...changes
}: Partial<VideoProgress> & { readonly units?: readonly UnitReport[] }): VideoProgress {
  const phases = [{ phase: 'storyboard', status: 'partial', costUsd: 0, units }] as const;
  const usual = { title: 'A lamp', status: 'running', phase: 'storyboard', costUsd: 0, changes: 1 } as const;
  return { videoId: 'lamp', ...usual, phases, ...changes };
}
