import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { failureTypes } from '../../workflows/domain/failure-types.ts';
import { isFinal } from '../../workflows/domain/failures.ts';
import { BeatreelFailure } from './failures.ts';
import { clampWaitMs } from './outside-numbers.ts';

/**
 * The one place where our errors become what Temporal stores. Cancellation passes as it is; an error that is not
 * ours keeps its message and is retried.
 *
 * @param attempt of the activity, 1-based
 */
export function toApplicationFailure(error: unknown, attempt: number): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (!(error instanceof BeatreelFailure)) return error;
  const pending = error.type === failureTypes.predictionPending;
  return ApplicationFailure.create({
    message: error.message,
    type: error.type,
    nonRetryable: isFinal(error.type, attempt),
    ...(error.details === undefined ? {} : { details: [error.details] }),
    ...(error.retryAfterMs === undefined
      ? {}
      : { nextRetryDelay: Math.ceil(clampWaitMs(error.retryAfterMs)) }),
    ...(pending ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(error.cause instanceof Error ? { cause: error.cause } : {}),
  });
}
