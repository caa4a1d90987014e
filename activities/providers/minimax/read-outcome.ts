import { failureTypes } from '../../../domain/failure-types.ts';
import { readWhole } from '../../../domain/outside-numbers.ts';
import type { EndedStatus } from '../model-host.ts';
import { readOutput } from '../output-files.ts';
import type { WireImage, WireMusic } from './wire.ts';

/** How long the address of a picture or of music opens, in milliseconds. Source: the API's reference, read 2026-11-22. */
const addressLifeMs = 24 * 3_600_000;

/** How the order of one picture ended. A picture that the filter took is not billed (third-party pages, 2026-11-22). */
export function readImage({ data, metadata }: WireImage, nowMs: number): EndedStatus {
  const addresses = addressesIn(data?.image_urls);
  const failed = readWhole(metadata?.failed_count) ?? 0;
  if (addresses.length > 0 || failed === 0) return delivered(addresses, nowMs);
  return {
    state: 'failed',
    type: failureTypes.contentRejected,
    reason: `The host made none of the pictures: its content filter took ${failed}.`,
    charged: false,
  };
}

/** How the order of a piece of music ended. */
export function readMusic({ data }: WireMusic, nowMs: number): EndedStatus {
  return delivered(addressesIn([data?.audio, data?.audio_url]).slice(0, 1), nowMs);
}

function delivered(outputUrls: readonly string[], nowMs: number): EndedStatus {
  return {
    state: 'succeeded',
    outputUrls,
    dataRemoved: false,
    urlsExpireAt: new Date(nowMs + addressLifeMs).toISOString(),
  };
}

/** Not the file itself in hex or base64, which nobody asked for: it would have to be kept in the ledger. */
function addressesIn(value: unknown): string[] {
  return readOutput(value).addresses.filter((address) => /^https?:/i.test(address));
}
