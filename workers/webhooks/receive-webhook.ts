import type { IncomingMessage } from 'node:http';

import { type VerifiedWebhook, verifyWebhook } from '../../activities/providers/replicate/verify-webhook.ts';
import type { HeardWebhook } from '../../activities/webhooks/follow-webhook.ts';
import { readWebhookOrder } from '../../activities/webhooks/webhook-address.ts';
import type { HostSecret } from './host-secret.ts';
import { readBody } from './read-body.ts';
import { readPredictionId } from './read-prediction-id.ts';
import type { LogRefusal } from './refusal-log.ts';
import type { SeenIds } from './seen-ids.ts';
import type { WorkQueue } from './work-queue.ts';

export interface WebhookReceiver {
  /** The host that sends these webhooks. */
  readonly host: string;
  /** Proves that an address is ours. */
  readonly secret: string;
  readonly hostSecret: HostSecret;
  readonly seen: SeenIds;
  readonly queue: WorkQueue;
  /** Keeps a hint that cannot be asked for again; rejects when it cannot be kept. */
  readonly keep: (heard: HeardWebhook) => Promise<void>;
  /** Does the slow work; never rejects. */
  readonly follow: (heard: HeardWebhook) => Promise<void>;
  readonly logRefusal: LogRefusal;
}

/** The largest body: a prediction of ours has a few kilobytes; its logs may have some hundred. */
const mostBodyBytes = 1024 * 1024;

/**
 * Checks one POST to the address of an order, cheapest check first, and takes a genuine one. A hint that cannot be
 * asked for again is kept before the answer; all other work follows it.
 *
 * @returns the status to answer
 */
export async function receiveWebhook(
  request: IncomingMessage,
  query: URLSearchParams,
  receiver: WebhookReceiver,
): Promise<number> {
  const refuse = (status: number, reason: string) => {
    receiver.logRefusal(reason);
    return status;
  };
  const { host, seen, queue } = receiver;
  const ledgerKey = readWebhookOrder(query, host, receiver.secret);
  if (ledgerKey === undefined) return refuse(401, 'its address is not one of ours');
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return refuse(415, 'its content is not JSON');
  const body = await readBody(request, mostBodyBytes);
  if (!body) return refuse(413, `its body is larger than ${mostBodyBytes} bytes`);
  const verified = await verify({ headers: request.headers, body, nowMs: Date.now() }, receiver.hostSecret);
  if (verified.state !== 'genuine') return refuse(401, reasons[verified.state]);
  if (seen.has(verified.id)) return 200;
  const predictionId = readPredictionId(body);
  if (predictionId === undefined) return refuse(400, 'its body names no prediction');
  if (queue.isFull) return refuse(503, 'too many are being followed');
  const heard = { host, ledgerKey, predictionId };
  const isKept = await receiver.keep(heard).then(
    () => true,
    () => false,
  );
  // The 503 makes the host call again.
  if (!isKept) return refuse(503, 'the object store did not take it');
  seen.add(verified.id);
  queue.add(() => receiver.follow(heard));
  return 202;
}

const reasons: Readonly<Record<Exclude<VerifiedWebhook['state'], 'genuine'>, string>> = {
  unsigned: 'it carries no signature',
  untimely: 'its time is more than 5 minutes from ours',
  forged: 'the host’s secret does not explain its signature',
};

/** Verifies a signature, with a secret changed at the host too, so that no restart is needed. */
async function verify(
  webhook: Parameters<typeof verifyWebhook>[1],
  hostSecret: HostSecret,
): Promise<VerifiedWebhook> {
  const verified = verifyWebhook(await hostSecret.read(), webhook);
  if (verified.state !== 'forged') return verified;
  const changed = await hostSecret.readChanged();
  return changed === undefined ? verified : verifyWebhook(changed, webhook);
}
