import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';
import { readWebhookSecret } from './webhook-secret.ts';

/** The settings by which a worker asks hosts for webhooks. */
export interface WebhookOrders {
  /** The address at which hosts reach `npm run webhooks`. */
  readonly publicUrl: string;
  /** Proves that an address is ours. */
  readonly secret: string;
}

/**
 * Reads `BEATREEL_WEBHOOK_URL` and `BEATREEL_WEBHOOK_SECRET`.
 *
 * @returns undefined without an address
 * @throws BeatreelFailure InvalidRequest naming the variable and the rule
 */
export function readWebhookOrders(env: Environment): WebhookOrders | undefined {
  const publicUrl = readVariable(env, 'BEATREEL_WEBHOOK_URL');
  if (publicUrl === undefined) return undefined;
  if (!isPlainAddress(publicUrl)) {
    const rule = 'an http or https address without user, query and fragment';
    throw new BeatreelFailure(failureTypes.invalidRequest, `BEATREEL_WEBHOOK_URL must be ${rule}.`);
  }
  return { publicUrl, secret: readWebhookSecret(env) };
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
