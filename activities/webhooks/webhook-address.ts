import { createHmac, timingSafeEqual } from 'node:crypto';

/** @returns the address that a host calls when an order has ended; undefined when we take no webhooks */
export type AddressWebhook = (host: string, ledgerKey: string) => string | undefined;

/** The path below our public address at which one host's webhooks arrive. */
export function webhookPath(host: string): string {
  return `/webhooks/${host}`;
}

/**
 * Makes the addresses of orders. A host signs the body it sends and not the address it was given, so the address
 * carries a proof of ours over the name of its order. Never log one.
 *
 * @param publicUrl our endpoint as hosts reach it, without a query
 */
export function createWebhookAddresses(publicUrl: string, secret: string): AddressWebhook {
  return (host, ledgerKey) => {
    const query = new URLSearchParams({ order: ledgerKey, proof: prove(secret, host, ledgerKey) });
    return `${publicUrl.replace(/\/+$/, '')}${webhookPath(host)}?${query.toString()}`;
  };
}

/** Takes the name of the order out of a webhook's query. @returns undefined when the proof is not ours */
export function readWebhookOrder(query: URLSearchParams, host: string, secret: string): string | undefined {
  const ledgerKey = query.get('order');
  const proof = query.get('proof');
  if (ledgerKey === null || proof === null) return undefined;
  const given = Buffer.from(proof);
  const expected = Buffer.from(prove(secret, host, ledgerKey));
  return given.length === expected.length && timingSafeEqual(given, expected) ? ledgerKey : undefined;
}

/** Proves an order's name. The first line names this use of the secret, so that no other use can replace it. */
function prove(secret: string, host: string, ledgerKey: string): string {
  return createHmac('sha256', secret).update(`beatreel webhook 1\n${host}\n${ledgerKey}`).digest('base64url');
}
