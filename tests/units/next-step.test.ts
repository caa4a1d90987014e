import type { RefusalPolicy } from '../../domain/brief.ts';
import type { FailureType } from '../../domain/failure-types.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { nextStep } from '../../workflows/units/next-step.ts';
import type { Take, TakeState } from '../../workflows/units/take.ts';

const start = { number: 0, wanted: 'w', model: 0, isSoftened: false, costUsd: 0 } as const;
const order = { ledgerKey: 'k', predictionKey: 'p', prediction: { host: 'h', id: 'i' } };
const ended = (type: FailureType): TakeState => ({ state: 'ended', failure: { type, reason: 'No.' } });

interface Row {
  readonly what: string;
  readonly take?: Partial<Take>;
  readonly state: TakeState;
  readonly type: FailureType;
  readonly models?: number;
  readonly onRefusal?: RefusalPolicy;
  readonly waits?: boolean;
  readonly hasBudget?: boolean;
  /** The number of earlier takes that ended alike. */
  readonly before?: number;
  readonly then: object;
}

const usual = { models: 1, onRefusal: 'park', waits: true, hasBudget: false } as const;
const person = { do: 'person' };
const refused = failureTypes.contentRejected;
const rows: readonly Row[] = [
  { what: 'an order in doubt', state: { state: 'inDoubt' }, type: 'NeedsReconcile', models: 2, then: person },
  { what: 'an order that may run', state: { state: 'ordered' }, type: 'ProviderUnavailable', then: person },
  {
    what: 'an order that may run, refused',
    state: { state: 'ordered' },
    type: 'InvalidRequest',
    models: 2,
    then: person,
  },
  {
    what: 'a paid file',
    state: { state: 'paid', order },
    type: 'InvalidRequest',
    models: 2,
    then: { do: 'fetch', failure: { type: 'InvalidRequest', reason: 'No.' } },
  },
  {
    what: 'a paid file whose step was paused too long',
    state: { state: 'paid', order },
    type: 'TimedOut',
    models: 2,
    then: { do: 'wait' },
  },
  {
    what: 'a known order whose step was paused too long',
    state: { state: 'ordered', isAnswered: true },
    type: 'TimedOut',
    then: { do: 'wait' },
  },
  {
    what: 'a known order whose step was paused too long, of a video that waits for nobody',
    state: { state: 'ordered', isAnswered: true },
    type: 'TimedOut',
    waits: false,
    then: person,
  },
  {
    what: 'an order that nobody took up in time',
    state: { state: 'ordered' },
    type: 'TimedOut',
    then: person,
  },
  {
    what: 'a step that timed out and ordered nothing',
    state: { state: 'new' },
    type: 'TimedOut',
    then: person,
  },
  { what: 'a file of no use', state: ended('ArtifactMissing'), type: 'ArtifactMissing', then: person },
  {
    what: 'a file of no use, with another model',
    state: ended('ArtifactMissing'),
    type: 'ArtifactMissing',
    models: 2,
    then: { do: 'take', model: 1, soften: false },
  },
  {
    what: 'a paid file that is lost',
    state: ended('PaidAndLost'),
    type: 'PaidAndLost',
    models: 2,
    then: person,
  },
  {
    what: 'a failed prediction, with another model',
    state: ended('PredictionFailed'),
    type: 'PredictionFailed',
    models: 3,
    then: { do: 'take', model: 1, soften: false },
  },
  {
    what: 'a failed prediction of the last model',
    take: { model: 1 },
    state: ended('PredictionFailed'),
    type: 'PredictionFailed',
    models: 2,
    then: person,
  },
  { what: 'refused content, where the brief parks', state: { state: 'new' }, type: refused, then: person },
  {
    what: 'refused content, where the brief softens',
    state: { state: 'new' },
    type: refused,
    onRefusal: 'soften',
    models: 2,
    then: { do: 'take', model: 0, soften: true },
  },
  {
    what: 'softened content refused again, with another model',
    take: { isSoftened: true },
    state: ended(refused),
    type: refused,
    onRefusal: 'soften',
    models: 2,
    then: { do: 'take', model: 1, soften: false },
  },
  {
    what: 'softened content refused again by the last model',
    take: { isSoftened: true, model: 1 },
    state: ended(refused),
    type: refused,
    onRefusal: 'soften',
    models: 2,
    then: person,
  },
  {
    what: 'a key that the host refuses, with another model',
    state: { state: 'new' },
    type: 'CredentialsRejected',
    models: 2,
    then: { do: 'take', model: 1, soften: false },
  },
  {
    what: 'no money, with another model',
    state: { state: 'new' },
    type: 'BudgetExceeded',
    models: 2,
    then: { do: 'take', model: 1, soften: false },
  },
  {
    what: 'a prediction that the platform broke off',
    state: ended('PredictionInterrupted'),
    type: 'PredictionInterrupted',
    models: 2,
    then: { do: 'take', model: 0, soften: false },
  },
  {
    what: 'a softened prediction that the platform broke off again',
    take: { isSoftened: true },
    state: ended('PredictionInterrupted'),
    type: 'PredictionInterrupted',
    before: 1,
    then: { do: 'take', model: 0, soften: true },
  },
  {
    what: 'a prediction that the platform broke off three times, with another model',
    state: ended('PredictionInterrupted'),
    type: 'PredictionInterrupted',
    before: 2,
    models: 2,
    then: { do: 'take', model: 1, soften: false },
  },
  {
    what: 'a prediction that the platform broke off three times',
    state: ended('PredictionInterrupted'),
    type: 'PredictionInterrupted',
    before: 2,
    then: person,
  },
  {
    what: 'a prediction that was broken off and billed',
    take: { costUsd: 1 },
    state: ended('PredictionInterrupted'),
    type: 'PredictionInterrupted',
    then: person,
  },
  {
    what: 'a prediction that was broken off and billed, within a budget',
    take: { costUsd: 1 },
    state: ended('PredictionInterrupted'),
    type: 'PredictionInterrupted',
    hasBudget: true,
    then: { do: 'take', model: 0, soften: false },
  },
  { what: 'no answer at all', state: { state: 'new' }, type: 'ProviderUnavailable', models: 2, then: person },
];

test.each(rows)('after $what comes $then', ({ take, state, type, before = 0, then, ...rules }) => {
  const failure = { type, reason: 'No.' };
  const last = { ...start, ...take, ...state };
  const takes = Array.from({ length: before + 1 }, () => last);
  const step = nextStep({ take: last, takes, failure }, { ...usual, ...rules });

  expect(step).toEqual(then === person ? { do: 'person', failure } : then);
});

test('a take that is stored is done', () => {
  const bought = {
    artifact: { key: 'k', sizeBytes: 1, contentType: 'image/png' },
    predictionKey: 'p',
  };
  const take: Take = { ...start, state: 'stored', bought };

  expect(nextStep({ take, takes: [take] }, usual)).toEqual({ do: 'done' });
});
