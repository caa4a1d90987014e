import { ActivityNotFoundError } from '@temporalio/client';

import type { CompleteWaiting } from '../../activities/webhooks/follow-webhook.ts';
import type { TemporalNamespace } from '../../client/connection/temporal-namespace.ts';

/** The time-out of a completion, in milliseconds. It is not retried, because the next look finds the outcome. */
const timeoutMs = 10_000;

/** Completes activities by id, also between two attempts, when no worker runs them. */
export function createCompleteWaiting(temporal: TemporalNamespace): CompleteWaiting {
  return async (activity, outcome) => {
    try {
      await temporal.within(timeoutMs, () => temporal.client.activity.complete(activity, outcome));
      return true;
    } catch (error) {
      if (error instanceof ActivityNotFoundError) return false;
      throw error;
    }
  };
}
