import { failureTypes } from '../../../domain/failure-types.ts';
import { readWhole } from '../../../domain/outside-numbers.ts';
import type { EndedStatus } from '../model-host.ts';
import { readOutput } from '../output-files.ts';
import type { WireImage, WireMusic } from './wire.ts';

/** The life of the address of a picture or of music, in milliseconds. Source: the API's reference, read 2026-11-22. */
const addressLifeMs = 24 * 3_600_000;

/** The end of an order of one picture. A filtered picture is not billed (third-party pages, 2026-11-22). */
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

/** The end of an order of music. */
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

/** Only addresses: a file in hex or base64, which we never ask for, would have to be kept in the ledger. */
function addressesIn(value: unknown): string[] {
  return readOutput(value).addresses.filter((address) => /^https?:/i.test(address));
}
