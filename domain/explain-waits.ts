import type { FailureType } from './failure-types.ts';
import type { UnitReport, WaitsFor } from './progress.ts';

/** Why a video goes no faster, and what a person can do: a sentence each, absent where nothing waits. */
export interface WaitExplanation {
  readonly reason?: string;
  readonly nextStep?: string;
}

/** A step that rests before its next try, or that no worker has taken yet. */
export interface UnitWait {
  /** Such as `still-b4`; of a step that belongs to no unit, the name of its activity. */
  readonly unit: string;
  /** When it is tried again, ISO 8601; at most an hour after the last try. Absent: when a worker takes it. */
  readonly until?: string;
  /** On whose word: why the last try failed, as the host, the bucket or the account said it. */
  readonly because: string;
  /** What a person can do about it. */
  readonly nextStep: string;
}

interface WaitMeaning {
  /** Follows the names of the units that wait. */
  readonly isFor: string;
  readonly nextStep?: string;
}

const meanings: Readonly<Record<WaitsFor, WaitMeaning>> = {
  place: { isFor: 'for a place: the limits of the video allow no more predictions at a time.' },
  permit: {
    isFor:
      'for a permit of the host account: the limits of the operator allow no more predictions at a time.',
    nextStep: 'Who holds permits: beatreel account HOST',
  },
  money: { isFor: 'for money that is set aside for others and may come back.' },
};

/** What units of a running video wait for that no step of Temporal shows. */
export function explainPlaces(units: readonly Pick<UnitReport, 'name' | 'waitsFor'>[]): WaitExplanation {
  const kinds = (Object.keys(meanings) as WaitsFor[]).flatMap((kind) => {
    const names = units.filter(({ waitsFor }) => waitsFor === kind).map(({ name }) => name);
    return names.length === 0 ? [] : [{ names, ...meanings[kind] }];
  });
  if (kinds.length === 0) return {};
  const steps = kinds.flatMap(({ nextStep }) => nextStep ?? []);
  return {
    reason: kinds.map(({ names, isFor }) => `${waiting(names)} ${isFor}`).join(' '),
    nextStep: ['Nothing needs to be done: it goes on by itself.', ...steps].join(' '),
  };
}

/** What steps wait for, of which Temporal knows. */
export function explainWaits(waits: readonly UnitWait[]): WaitExplanation {
  const [first] = waits;
  if (!first) return {};
  const names = waits.map(({ unit }) => unit);
  const until = first.until === undefined ? '' : ` until ${first.until}`;
  return { reason: `${waiting(names)}${until}: ${first.because}`, nextStep: first.nextStep };
}

const usualAdvice = 'Nothing needs to be done: it is tried again by itself.';

const advice: Partial<Record<FailureType, string>> = {
  ProviderBusy: `${usualAdvice} The pace of the account: beatreel account HOST`,
  ProviderUnavailable: `${usualAdvice} Where that lasts, find out what does not answer: beatreel doctor`,
  StoreRefused: 'Correct the key, the rights or the clock of the workers for the bucket: beatreel doctor',
  PredictionPending: 'Nothing needs to be done: the host is at work.',
};

/** What a person can do about a step that rests. @param type of its last failure */
export function adviseOnWait(type: string | undefined): string {
  return advice[type as FailureType] ?? usualAdvice;
}

/** E.g. `still-b2 and 3 more wait`. */
function waiting([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? `${first} waits` : `${first} and ${others.length} more wait`;
}
