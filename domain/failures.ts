import type { FailureType } from './failure-types.ts';

/** Tries of an activity that are counted: what failed so often fails the next time as well. */
const counted = { three_tries: 3, six_tries: 6 } as const;

/** What follows from one type of failure. */
export interface FailureMeaning {
  /** How the activity that failed is tried again. `after_delay`: the host or the activity says when. */
  readonly retry: 'never' | 'back_off' | 'after_delay' | keyof typeof counted;
  /** Of an order: whether the host may have taken it all the same. */
  readonly mayBeOrdered: boolean;
  /** Of an order: it is of no use however often it is placed; only another take can help. */
  readonly endsTake?: true;
  /** Another model of the brief may not have this failure. */
  readonly anotherModelMayHelp?: true;
  /** Softer words may help, where the brief allows them. */
  readonly softerWordsMayHelp?: true;
  /** So many further takes in a row follow by themselves, where a failed one is free or the video has a budget. */
  readonly furtherTakes?: number;
  /** Only a person can say whether money was spent. */
  readonly isInDoubt?: true;
  /** Paid for in vain: it is bought again only when a person asks for another take. */
  readonly needsNewTake?: true;
  /** A key or a right that may be mended: what is paid for is read again in spite of it. */
  readonly isMendable?: true;
}

/** Every failure with everything that follows from it: workflows and activities decide by this and by nothing else. */
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
  // Of an order: what it shows the model is gone, such as its first frame.
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
  // Of an order: another unit met it, and nothing more of the model is ordered before a person has seen that.
  ClipTooShort: { retry: 'never', mayBeOrdered: false, anotherModelMayHelp: true },
  NeedsReconcile: { retry: 'never', mayBeOrdered: true, isInDoubt: true },
  PredictionPending: { retry: 'after_delay', mayBeOrdered: true },
  UnitsFailed: { retry: 'back_off', mayBeOrdered: true },
};

/** Whether an activity that failed so is not tried again. @param attempt 1-based */
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
