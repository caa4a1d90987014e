import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A webhook as it came. */
export interface SignedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

export type VerifiedWebhook =
  /** The id is the same for every try of one message. */
  { readonly state: 'genuine'; readonly id: string } | { readonly state: 'unsigned' | 'untimely' | 'forged' };

/** How far a message's time may lie from ours, in either direction, in milliseconds. */
const toleranceMs = 5 * 60_000;

/**
 * Checks that the host sent a webhook, and sent it recently. Its address is not signed.
 * Source: Replicate's documentation, "Verify webhooks", read 2026-11-22.
 *
 * @param secret begins with `whsec_`
 */
export function verifyWebhook(secret: string, { headers, body, nowMs }: SignedWebhook): VerifiedWebhook {
  const [id, timestamp, signatures] = names.map((name) => headers[name]);
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return { state: 'unsigned' };
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Number(timestamp) * 1000 - nowMs) > toleranceMs)
    return { state: 'untimely' };
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
  const isOurs = readSignatures(signatures).some(
    (given) => given.length === expected.length && timingSafeEqual(given, expected),
  );
  return isOurs ? { state: 'genuine', id } : { state: 'forged' };
}

const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** A header may carry several, with spaces between, while a secret is being changed: `v1,BASE64 v1,BASE64`. */
function readSignatures(header: string): Buffer[] {
  return header.split(' ').flatMap((part) => {
    const [version, signature] = part.split(',', 2);
    return version === 'v1' && signature !== undefined ? [Buffer.from(signature, 'base64')] : [];
  });
}
