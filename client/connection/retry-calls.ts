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
  const { delayFunction, retryableDecider } = defaultGrpcRetryOptions();
  const endMs = Number(options.deadline ?? Infinity);
  return makeGrpcRetryInterceptor({
    delayFunction,
    retryableDecider: (attempt, status) =>
      retryableDecider(attempt, status) && Date.now() + delayFunction(attempt, status) + reserveMs < endMs,
  })(options, nextCall);
};
