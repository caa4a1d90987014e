import type { ConnectionOptions } from '@temporalio/client';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** Time kept for the next try itself. */
const reserveMs = 1_000;

/**
 * Repeats a call like the SDK, but never into its time limit: the call's error is then the server's last answer, such
 * as throttling, rather than the time limit.
 */
export const retryCalls: Interceptor = (options, nextCall) => {
  const usual = defaultGrpcRetryOptions();
  const endMs = Number(options.deadline ?? Infinity);
  // Kept from the decision to its pause, because the SDK randomises its delays.
  let delayMs = 0;
  return makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => {
      delayMs = usual.delayFunction(attempt, status);
      return usual.retryableDecider(attempt, status) && Date.now() + delayMs + reserveMs < endMs;
    },
    delayFunction: () => delayMs,
  })(options, nextCall);
};
