import { DefaultPayloadConverter } from '@temporalio/common';

import type { Undecodable } from './guards.ts';

/**
 * Reads a value that somebody sent in a form which nobody can read as a value that says so. Otherwise the SDK fails the
 * workflow task, for ever: no start, signal or result of such a kind could be refused.
 */
class TolerantPayloadConverter extends DefaultPayloadConverter {
  override fromPayload<T>(...[payload, ...how]: Parameters<DefaultPayloadConverter['fromPayload']>): T {
    try {
      return super.fromPayload<T>(payload, ...(how as []));
    } catch (error) {
      const undecodable = error instanceof Error ? error.message : String(error);
      return { undecodable: undecodable.slice(0, 300) } satisfies Undecodable as T;
    }
  }
}

/** The name by which the SDK's bundler finds it. */
export const payloadConverter = new TolerantPayloadConverter();
