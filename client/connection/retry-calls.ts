import type { ConnectionOptions } from '@temporalio/client';
import { defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** A try needs some time of its own. */
const reserveMs = 1_000;

/**
 * Repeats a call as the SDK does, but never into its time limit: the error of the call is then the server's last
 * answer, such as that it throttles, rather than that the time is over.
 */
export const retryCalls: Interceptor = (options, nextCall) => {
  const usual = defaultGrpcRetryOptions();
  const endMs = Number(options.deadline ?? Infinity);
  // Kept from the decision to the rest that follows it: the SDK varies its delays.
  let delayMs = 0;
  return makeGrpcRetryInterceptor({
    retryableDecider: (attempt, status) => {
      delayMs = usual.delayFunction(attempt, status);
      return usual.retryableDecider(attempt, status) && Date.now() + delayMs + reserveMs < endMs;
    },
    delayFunction: () => delayMs,
  })(options, nextCall);
};
