import type { FailureType } from './failure-types.ts';
import type { UnitReport, WaitsFor } from './progress.ts';

/** The reason why a video waits, and a person's next step: one sentence each, absent where nothing waits. */
export interface WaitExplanation {
  readonly reason?: string;
  readonly nextStep?: string;
}

/** A step that pauses before its next try, or that no worker has taken yet. */
export interface UnitWait {
  /** Such as `still-b4`; for a step without a unit, the name of its activity. */
  readonly unit: string;
  /** Time of the next try, ISO 8601; at most an hour after the last try. Absent: as soon as a worker takes it. */
  readonly until?: string;
  /** Reason of the last failure, in the words of the host, the bucket or the account. */
  readonly because: string;
  /** The action a person can take. */
  readonly nextStep: string;
}

interface WaitMeaning {
  /** Second half of a sentence that starts with the names of the waiting units. */
  readonly isFor: string;
  readonly nextStep?: string;
}

const meanings: Readonly<Record<WaitsFor, WaitMeaning>> = {
  place: { isFor: 'for a place: the limits of the video allow no more predictions at a time.' },
  permit: {
    isFor:
      'for a permit of the host account: the limits of the operator allow no more predictions at a time.',
    nextStep: 'See the permits in use: beatreel account HOST',
  },
  money: { isFor: 'for money that is set aside for others and may come back.' },
};

/** Explains the units that wait for places, permits or money; Temporal shows no pending step for these. */
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

/** Explains the waits of steps that Temporal shows as pending. */
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
  ProviderUnavailable: `${usualAdvice} If that lasts, find the server that does not answer: beatreel doctor`,
  StoreRefused: 'Correct the key, the rights or the clock of the workers for the bucket: beatreel doctor',
  PredictionPending: 'Nothing needs to be done: the host is at work.',
};

/** A person's next step for a pausing step. @param type of its last failure */
export function adviseOnWait(type: string | undefined): string {
  return advice[type as FailureType] ?? usualAdvice;
}

/** E.g. `still-b2 and 3 more wait`. */
function waiting([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? `${first} waits` : `${first} and ${others.length} more wait`;
}
