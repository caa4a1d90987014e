import { randomUUID } from 'node:crypto';

import { request } from 'undici';

import { createWebhookAddresses } from '../../../activities/webhooks/webhook-address.ts';
import { signWebhook } from '../../../workers/dev/stand-in/webhooks/sign-webhook.ts';
import type { Fleet } from '../../support/start-fleet.ts';

/** One webhook, which a test may change before it is sent. */
export interface WrittenWebhook {
  readonly address: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The order and prediction of a genuine webhook. */
export interface Subject {
  readonly ledgerKey: string;
  readonly predictionId: string;
}

/** The signature and body of a webhook. */
export interface Signing {
  /** Default: a new one. */
  readonly id?: string;
  /** Milliseconds since 1970. Default: now. */
  readonly atMs?: number;
  /** Default: the host's. */
  readonly secret?: string;
  /** Default: that the prediction succeeded. */
  readonly body?: string;
}

/** Writes a webhook as the host would. */
export async function writeWebhook(
  fleet: Fleet,
  { ledgerKey, predictionId }: Subject,
  signing: Signing = {},
): Promise<WrittenWebhook> {
  const { url = '', secret = '' } = fleet.webhooks ?? {};
  const address = createWebhookAddresses(url, secret)('replicate', ledgerKey) ?? '';
  const {
    id = `msg_${randomUUID()}`,
    atMs = Date.now(),
    body = JSON.stringify({ id: predictionId, status: 'succeeded', output: null }),
  } = signing;
  const signature = signWebhook(signing.secret ?? (await hostSecret(fleet)), id, { body, atMs });
  return {
    address,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signature },
    body,
  };
}

/** @returns the status of the answer, once all taken webhooks have been followed */
export async function sendWebhook(fleet: Fleet, { address, ...message }: WrittenWebhook): Promise<number> {
  const answer = await request(address, { ...message, method: message.method as 'POST' });
  expect(await answer.body.text()).toBe('');
  await fleet.webhooks?.endpoint.settled();
  return answer.statusCode;
}

async function hostSecret({ standIn }: Fleet): Promise<string> {
  const { body } = await request(`${standIn.baseUrl}/webhooks/default/secret`);
  return ((await body.json()) as { key: string }).key;
}
