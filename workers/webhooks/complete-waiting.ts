import { ActivityNotFoundError } from '@temporalio/client';

import type { CompleteWaiting } from '../../activities/webhooks/follow-webhook.ts';
import type { TemporalNamespace } from '../../client/connection/temporal-namespace.ts';

/** A server that does not answer for that long is tried by nobody: the next look tells, in milliseconds. */
const timeoutMs = 10_000;

/** Completes activities by id, also between two attempts, when nobody holds them. */
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
