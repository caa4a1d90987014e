import { createHmac } from 'node:crypto';

/** The three headers that prove where a webhook comes from. */
export interface WebhookSignature {
  readonly 'webhook-id': string;
  readonly 'webhook-timestamp': string;
  readonly 'webhook-signature': string;
}

/** Signs a webhook as the host does. `secret` begins with `whsec_`; `atMs` is milliseconds since 1970. */
export function signWebhook(
  secret: string,
  id: string,
  message: { body: string; atMs: number },
): WebhookSignature {
  const timestamp = String(Math.floor(message.atMs / 1000));
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${message.body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
