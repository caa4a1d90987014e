import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  TimeoutFailure,
} from '@temporalio/workflow';

import type { FailureType } from './domain/failure-types.ts';
import { failureTypes } from './domain/failure-types.ts';
import type { UnitFailure } from './domain/progress.ts';

const known = new Set<string>(Object.values(failureTypes));

/**
 * Why an activity failed, by name and in words. A cancellation is not a failure and goes on upwards, and so does
 * what no activity threw: that is a defect of the workflow itself.
 */
export function readUnitFailure(error: unknown): UnitFailure {
  if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
  // What fails after a person cancelled is part of that, and nobody's to retry.
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure(error.message, [], error);
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    return { type: toType(cause.type), reason: cause.message };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      type: failureTypes.providerUnavailable,
      reason: `${error.activityType} timed out (${cause.timeoutType}).`,
    };
  }
  return { type: failureTypes.providerUnavailable, reason: error.message };
}

function toType(type: string | null | undefined): FailureType {
  if (type === failureTypes.predictionPending) return failureTypes.providerUnavailable;
  return known.has(type ?? '') ? (type as FailureType) : failureTypes.providerUnavailable;
}
