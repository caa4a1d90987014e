import type { PayloadConverter } from '@temporalio/common';
import { DefaultPayloadConverter } from '@temporalio/common';

import type { Undecodable } from './guards.ts';

const usual = new DefaultPayloadConverter();

/**
 * Replaces an undecodable value by a marker. The SDK (1.24) would fail the workflow task instead, for ever, so that no
 * such start, signal or result could be refused. The SDK's bundler finds the converter by this export name.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value, context, hint) => usual.toPayload(value, context, hint),
  fromPayload: (payload, context, hint) => {
    try {
      return usual.fromPayload(payload, context, hint);
    } catch (error) {
      const undecodable = error instanceof Error ? error.message : String(error);
      return { undecodable: undecodable.slice(0, 300) } satisfies Undecodable as never;
    }
  },
};
