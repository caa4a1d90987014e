import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { failureTypes } from '../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from './failures.ts';
import { finalFailures } from './final-failures.ts';

/** What ffmpeg could not do in three tries it will not do in the fourth. */
const mediaTries = 3;

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
    nonRetryable:
      finalFailures.has(error.type) || (error.type === failureTypes.mediaToolFailed && attempt >= mediaTries),
    ...(error.details === undefined ? {} : { details: [error.details] }),
    ...(error.retryAfterMs === undefined ? {} : { nextRetryDelay: Math.ceil(error.retryAfterMs) }),
    ...(pending ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(error.cause instanceof Error ? { cause: error.cause } : {}),
  });
}
