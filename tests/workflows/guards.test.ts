import fc from 'fast-check';

import {
  isAccountLimits,
  isArtifact,
  isFittedScore,
  isBudgetRequest,
  isOutcome,
  isPermitChange,
  isReconcileRequest,
  isRetryRequest,
  isSubmitted,
  isTexts,
  isUndecodable,
} from '../../workflows/guards.ts';

const outcome = { state: 'failed', type: 'PredictionFailed', reason: 'No.', costUsd: 0 };
const request = { permitId: 'v/u', videoId: 'v', kind: 'stills', tenant: 't', expiresAfterSeconds: 9 };
const file = { key: 'k', sizeBytes: 1, contentType: 'c' };
const named = { ledgerKey: 'k', predictionKey: 'p' };

test.each([
  ['an outcome', isOutcome, outcome, { ...outcome, type: 'Bad' }],
  ['a good outcome', isOutcome, { state: 'succeeded', costUsd: 1 }, { state: 'succeeded', costUsd: NaN }],
  ['an artifact', isArtifact, file, { key: 'k', sizeBytes: -1 }],
  ['a score', isFittedScore, { ...file, track: file }, { ...file, track: {} }],
  ['a score of an earlier release', isFittedScore, file, { track: file }],
  ['permits', isTexts, ['a'], ['a', null]],
  ['limits', isAccountLimits, { stills: 5 }, { stills: '5' }],
  ['no limits', isAccountLimits, {}, { films: 5 }],
  ['a request', isPermitChange, { change: 'request', request }, { change: 'request', request: {} }],
  [
    'a short permit',
    isPermitChange,
    { change: 'request', request },
    { change: 'request', request: { ...request, expiresAfterSeconds: 1e15 } },
  ],
  [
    'a video of a permit',
    isPermitChange,
    { change: 'request', request },
    { change: 'request', request: { ...request, videoId: '' } },
  ],
  ['a retry', isRetryRequest, { beat: 'b1', newTake: true }, { unit: 'clip-b1-1', newTake: 'false' }],
  ['a retry of all', isRetryRequest, {}, { undecodable: 'x' }],
  ['a retry without a slip', isRetryRequest, { beat: 'b2' }, { beatt: 1 }],
  ['a budget', isBudgetRequest, { budgetUsd: 1 }, { budgetUsd: 1, budget: 1 }],
  ['a reconciliation without a slip', isReconcileRequest, { adopt: 'p' }, { adopt: 'p', units: 'x' }],
  ['a reconciliation', isReconcileRequest, { resubmit: true }, { resubmit: 'false' }],
  ['a release', isPermitChange, { change: 'release', permitId: 'v/u' }, { change: 'release' }],
  [
    'an order',
    isSubmitted,
    { ...named, state: 'submitted', prediction: { host: 'h', id: 'i' } },
    { ...named, state: 'submitted' },
  ],
  [
    'an order that ended',
    isSubmitted,
    { ...named, state: 'ended', outcome },
    { ...named, state: 'ended', outcome: { state: 'succeeded', costUsd: 0 } },
  ],
  ['a value that cannot be read', isUndecodable, { undecodable: 'x' }, { undecodable: 'x', prompt: 'y' }],
] as const)('%s is told from what only looks like it', (...[, guard, sound, unsound]) => {
  expect(guard(sound)).toBe(true);
  expect(guard(unsound)).toBe(false);
});

test('no value at all makes a guard throw', () => {
  const guards = [
    isOutcome,
    isArtifact,
    isFittedScore,
    isTexts,
    isAccountLimits,
    isPermitChange,
    isSubmitted,
    isUndecodable,
  ];
  fc.assert(
    fc.property(fc.anything(), (value) => {
      for (const guard of guards) expect(typeof guard(value)).toBe('boolean');
    }),
  );
});
