import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { ApplicationFailureCategory } from '@temporalio/common';

import { failureTypes } from '../../domain/failure-types.ts';
import { isFinal } from '../../domain/failures.ts';
import { capDetails, capText } from './cap-text.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { clampWaitMs } from '../../domain/outside-numbers.ts';
import { redactError, redactValue } from './secrets.ts';

/** The least delay: Temporal takes a delay of 0 for the end of all retries (server 1.32). */
const shortestWaitMs = 1;

/**
 * Turns our errors into the failures that Temporal stores, in this one place. Cancellation passes unchanged; an error
 * that is not ours keeps its message and is retried. Secrets of this process are taken out.
 *
 * @param attempt of the activity, 1-based
 */
export function toApplicationFailure(error: unknown, attempt: number): unknown {
  redactError(error);
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (!(error instanceof BeatreelFailure)) return capForeign(error);
  const details = capDetails(redactValue(error.details));
  const pending = error.type === failureTypes.predictionPending;
  return ApplicationFailure.create({
    message: capText(error.message),
    type: error.type,
    nonRetryable: isFinal(error.type, attempt),
    ...(details === undefined ? {} : { details: [details] }),
    ...(error.retryAfterMs === undefined
      ? {}
      : { nextRetryDelay: Math.max(shortestWaitMs, Math.ceil(clampWaitMs(error.retryAfterMs))) }),
    ...(pending ? { category: ApplicationFailureCategory.BENIGN } : {}),
    ...(error.cause instanceof Error ? { cause: capForeign(error.cause) as Error } : {}),
  });
}

/** Cuts a library's error, which may quote whole files; a short one is kept unchanged. */
function capForeign(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const message = capText(error.message);
  if (message === error.message && capText(error.stack ?? '') === (error.stack ?? '')) return error;
  const capped = new Error(message);
  capped.name = error.name;
  capped.stack = capText(error.stack ?? '');
  return capped;
}
