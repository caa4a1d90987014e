import { CancelledFailure } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';

import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { toApplicationFailure } from '../../activities/runtime/to-application-failure.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { failureTypes } from '../../domain/failure-types.ts';

const final: readonly FailureType[] = [
  'InvalidRequest',
  'CredentialsRejected',
  'ContentRejected',
  'BudgetExceeded',
  'ArtifactMissing',
  'NotFetched',
  'TimedOut',
  'PaidAndLost',
  'PlanFailed',
  'NeedsReconcile',
  'ClipTooShort',
];

test.each(Object.values(failureTypes))(
  'a failure of type %s keeps its type and is retried as its type says',
  (type) => {
    const failure = convert(new BeatreelFailure(type, 'It went wrong.'));

    expect(failure).toMatchObject({ type, message: 'It went wrong.', nonRetryable: final.includes(type) });
  },
);

test.each([
  [1, false],
  [2, false],
  [3, true],
  [4, true],
])('a failure of ffmpeg in attempt %i is final: %j', (attempt, nonRetryable) => {
  expect(convert(new BeatreelFailure('MediaToolFailed', 'No.'), attempt)).toMatchObject({ nonRetryable });
});

test.each([
  [1, false],
  [5, false],
  [6, true],
])('a store that refuses us in attempt %i is final: %j', (attempt, nonRetryable) => {
  expect(convert(new BeatreelFailure('StoreRefused', 'No.'), attempt)).toMatchObject({ nonRetryable });
});

test('a host that was unreachable three times is asked a fourth time', () => {
  expect(convert(new BeatreelFailure('ProviderUnavailable', 'No.'), 30)).toMatchObject({
    nonRetryable: false,
  });
});

test('a delay that the other side asked for becomes the next delay', () => {
  expect(
    convert(new BeatreelFailure('ProviderBusy', 'Later.', { retryAfterMs: 1_234.5 })).nextRetryDelay,
  ).toBe(1_235);
  expect(convert(new BeatreelFailure('ProviderBusy', 'Later.')).nextRetryDelay).toBeUndefined();
});

test('a delay of nothing is one of a millisecond, because Temporal takes nothing for the end of all tries', () => {
  expect(convert(new BeatreelFailure('ProviderBusy', 'Later.', { retryAfterMs: 0 })).nextRetryDelay).toBe(1);
});

test('a prediction that runs is no error in metrics and logs, everything else is', () => {
  const pending = convert(new BeatreelFailure('PredictionPending', 'It runs.'));

  expect(pending.category).toBe(ApplicationFailureCategory.BENIGN);
  expect(convert(new BeatreelFailure('ProviderBusy', 'Later.')).category).not.toBe(
    ApplicationFailureCategory.BENIGN,
  );
});

test('details and cause are kept', () => {
  const cause = new Error('Because.');
  const details = [{ field: 'prompt' }];

  expect(convert(new BeatreelFailure('InvalidRequest', 'No.', { cause, details }))).toMatchObject({
    cause,
    details: [details],
  });
});

test.each([
  new CancelledFailure('CANCELLED'),
  ApplicationFailure.nonRetryable('Already said.'),
  new TypeError('A defect of ours.'),
  'not even an error',
])('%s passes as it is', (error) => {
  expect(toApplicationFailure(error, 1)).toBe(error);
});

function convert(error: BeatreelFailure, attempt = 1): ApplicationFailure {
  return toApplicationFailure(error, attempt) as ApplicationFailure;
}
