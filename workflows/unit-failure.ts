import {
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  CancelledFailure,
  isCancellation,
  TimeoutFailure,
} from '@temporalio/workflow';

import type { FailureType } from '../domain/failure-types.ts';
import { failureTypes } from '../domain/failure-types.ts';
import { isFailureType } from '../domain/failures.ts';
import type { UnitFailure } from '../domain/progress.ts';
import type { Unit } from './units/unit.ts';

/**
 * An activity's failure by type and in words. Rethrows a cancellation, and every error from outside activities: that is
 * a bug of the workflow itself.
 */
export function readUnitFailure(error: unknown): UnitFailure {
  if (isCancellation(error)) throw error;
  // A malformed result counts as a failure of its step.
  if (error instanceof ApplicationFailure) return { type: toType(error.type), reason: error.message };
  if (!(error instanceof ActivityFailure)) throw error;
  // A failure after a cancellation counts as cancellation, and is not retried.
  if (CancellationScope.current().consideredCancelled) throw new CancelledFailure(error.message, [], error);
  const { cause } = error;
  if (cause instanceof ApplicationFailure) {
    return { type: toType(cause.type), reason: cause.message };
  }
  if (cause instanceof TimeoutFailure) {
    return {
      type: failureTypes.timedOut,
      reason: `${error.activityType} timed out (${cause.timeoutType}).`,
    };
  }
  return { type: failureTypes.providerUnavailable, reason: error.message };
}

function toType(type: string | null | undefined): FailureType {
  if (type === failureTypes.predictionPending) return failureTypes.providerUnavailable;
  return isFailureType(type) ? type : failureTypes.providerUnavailable;
}

/** The failure of a video that does not wait for people. @param count a sentence with both counts */
export function unitsFailed(count: string, failed: readonly Unit[]): ApplicationFailure {
  const reasons = failed.map(
    ({ name, failure }) => `${name}: ${failure?.type ?? 'failed'}, ${failure?.reason ?? ''}`,
  );
  const units = failed.map(({ phase, name, failure }) => ({ phase, name, failure }));
  const message = `${count} Failed: ${reasons.join('; ')}`;
  return ApplicationFailure.nonRetryable(message, failureTypes.unitsFailed, { units });
}

/** The failure of a refused request; nothing has changed. */
export function refused(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, failureTypes.invalidRequest);
}

/** A value from outside, short enough for a sentence. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  return (text ?? 'nothing').slice(0, 200);
}
