import type { FailureType } from './failure-types.ts';

/** Tries of an activity with a limit: a step that failed this often fails the next time as well. */
const counted = { three_tries: 3, six_tries: 6 } as const;

/** The consequences of one type of failure. */
export interface FailureMeaning {
  /** The retry of the failed activity. `after_delay`: the host or the activity sets the delay. */
  readonly retry: 'never' | 'back_off' | 'after_delay' | keyof typeof counted;
  /** For an order: whether the host may have taken it all the same. */
  readonly mayBeOrdered: boolean;
  /** For an order: placing it again cannot help, only another take can. */
  readonly endsTake?: true;
  /** Another model of the brief may not fail like this. */
  readonly anotherModelMayHelp?: true;
  /** Softer words may help, where the brief allows them. */
  readonly softerWordsMayHelp?: true;
  /** Number of automatic further takes in a row, where a failed one is free or the video has a budget. */
  readonly furtherTakes?: number;
  /** Only a person can find out whether money was spent. */
  readonly isInDoubt?: true;
  /** Paid for in vain: bought again only when a person asks for another take. */
  readonly needsNewTake?: true;
  /** A key or a right that a person may mend: paid purchases are read again in spite of it. */
  readonly isMendable?: true;
}

/** Every failure with all its consequences; workflows and activities decide by this table alone. */
export const failureTable: Readonly<Record<FailureType, FailureMeaning>> = {
  InvalidRequest: { retry: 'never', mayBeOrdered: false, anotherModelMayHelp: true, isMendable: true },
  CredentialsRejected: { retry: 'never', mayBeOrdered: false, anotherModelMayHelp: true, isMendable: true },
  StoreRefused: { retry: 'six_tries', mayBeOrdered: true, isMendable: true },
  ContentRejected: {
    retry: 'never',
    mayBeOrdered: false,
    anotherModelMayHelp: true,
    softerWordsMayHelp: true,
  },
  BudgetExceeded: { retry: 'never', mayBeOrdered: false, anotherModelMayHelp: true, isMendable: true },
  // For an order: a picture for the model is gone, such as its first frame.
  ArtifactMissing: { retry: 'never', mayBeOrdered: false, endsTake: true, anotherModelMayHelp: true },
  NotFetched: { retry: 'never', mayBeOrdered: true },
  TimedOut: { retry: 'never', mayBeOrdered: true },
  PaidAndLost: { retry: 'never', mayBeOrdered: true, endsTake: true, needsNewTake: true },
  ProviderBusy: { retry: 'after_delay', mayBeOrdered: true },
  ProviderUnavailable: { retry: 'back_off', mayBeOrdered: true },
  PredictionFailed: { retry: 'back_off', mayBeOrdered: true, anotherModelMayHelp: true },
  PredictionInterrupted: {
    retry: 'back_off',
    mayBeOrdered: true,
    anotherModelMayHelp: true,
    furtherTakes: 2,
  },
  PlanFailed: { retry: 'never', mayBeOrdered: true },
  MediaToolFailed: { retry: 'three_tries', mayBeOrdered: true },
  // For an order: another unit met this, and no more of the model is ordered before a person has seen it.
  ClipTooShort: { retry: 'never', mayBeOrdered: false, anotherModelMayHelp: true },
  NeedsReconcile: { retry: 'never', mayBeOrdered: true, isInDoubt: true },
  PredictionPending: { retry: 'after_delay', mayBeOrdered: true },
  UnitsFailed: { retry: 'back_off', mayBeOrdered: true },
};

/** Whether an activity with this failure is not tried again. @param attempt 1-based */
export function isFinal(type: FailureType, attempt: number): boolean {
  const { retry } = failureTable[type];
  return retry === 'never' || (isCounted(retry) && attempt >= counted[retry]);
}

export function isFailureType(type: unknown): type is FailureType {
  return typeof type === 'string' && Object.hasOwn(failureTable, type);
}

function isCounted(retry: string): retry is keyof typeof counted {
  return Object.hasOwn(counted, retry);
}
