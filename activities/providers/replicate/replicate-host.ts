import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import { failureTypes } from '../../../domain/failure-types.ts';
import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import type { OpenHost } from '../host-registration.ts';
import type { HostFile, PredictionStatus } from '../model-host.ts';
import { nameAccount } from '../name-account.ts';
import { listRecent } from './list-recent.ts';
import { readStatus } from './read-status.ts';
import { ReplicateHttp, type ReplicateSettings } from './replicate-http.ts';
import { accountSchema, createdSchema, fileSchema, predictionSchema, webhookSecretSchema } from './wire.ts';

/** The port, and the reads that only this host has. */
export interface ReplicateHost extends OpenHost {
  /** Asks for the secret that signs the account's webhooks. */
  readWebhookSecret(): Promise<string>;
  /** Asks for the account that the key belongs to: a free read. */
  readAccountName(): Promise<string>;
}

/** How long a POST may take, in milliseconds. Replicate answers within a second or two; 20 s is generous. */
const createTimeoutMs = 20_000;

/** How long things may take at Replicate, in milliseconds; `hosts.replicate` of the configuration replaces them. */
const replicateDelays = {
  // "Input and output files are removed after an hour" (replicate.com/docs, data retention, read 2026-11-22).
  outputRetentionMs: 3_600_000,
  // Not documented. A wait of two minutes costs less than a second purchase.
  listSettlingMs: 120_000,
  lateArrivalMs: 120_000,
};

/**
 * Replicate, or anything that speaks its API, such as the stand-in.
 * Source of the calls: Replicate's OpenAPI file, read 2026-11-22.
 */
export function createReplicateHost(settings: ReplicateSettings): ReplicateHost {
  const http = new ReplicateHttp(settings);
  return {
    name: 'replicate',
    account: nameAccount('replicate', settings),
    canList: true,
    canCancel: true,
    canAnnounce: true,
    answersAtOnce: () => false,
    clockAheadMs: () => http.clock.aheadMs,
    ...replicateDelays,
    createTimeoutMs: () => createTimeoutMs,
    createPrediction: async ({ model, version, input, cancelAfterSeconds, webhook }) => {
      const { id } = await http.order({
        method: 'POST',
        // Community models are run by version, and only here.
        path: version === undefined ? `/models/${model}/predictions` : '/predictions',
        attempt: `Ordering a prediction of ${model}`,
        schema: createdSchema,
        headers: {
          'content-type': 'application/json',
          'cancel-after': `${Math.max(5, Math.round(cancelAfterSeconds))}s`,
        },
        body: JSON.stringify({
          ...(version === undefined ? {} : { version: `${model}:${version}` }),
          input,
          ...(webhook === undefined ? {} : orderWebhook(webhook)),
        }),
        timeoutMs: createTimeoutMs,
      });
      return { host: 'replicate', id };
    },
    getPrediction: (id) => getPrediction(http, id),
    cancelPrediction: async (id) => {
      await http.read({
        method: 'POST',
        path: `/predictions/${encodeURIComponent(id)}/cancel`,
        attempt: `Canceling prediction ${id}`,
        schema: z.unknown(),
      });
    },
    listRecent: (since, signal) => listRecent(http, since, signal),
    uploadFile: (file) => uploadFile(http, file),
    readWebhookSecret: () => readWebhookSecret(http),
    readAccountName: () => readAccountName(http),
    checkKey: async () => `the key belongs to ${await readAccountName(http)}, at ${settings.baseUrl}`,
    close: () => http.close(),
  };
}

async function getPrediction(http: ReplicateHttp, id: string): Promise<PredictionStatus | undefined> {
  const attempt = `Looking at prediction ${id}`;
  const path = `/predictions/${encodeURIComponent(id)}`;
  const found = await http.read({ method: 'GET', path, attempt, schema: predictionSchema });
  if (found === undefined || found.id === id) return found && readStatus(found);
  // The output of another prediction would be used in its place.
  const problem = `${attempt}: the host answered with prediction ${found.id}.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, problem);
}

/** Without the filter the host also tells of starts and logs. */
function orderWebhook(webhook: string): object {
  return { webhook, webhook_events_filter: ['completed'] };
}

async function readAccountName(http: ReplicateHttp): Promise<string> {
  const attempt = 'Asking whom the key belongs to';
  const found = await http.read({ method: 'GET', path: '/account', attempt, schema: accountSchema });
  if (found) return found.username;
  throw new BeatreelFailure(failureTypes.invalidRequest, `${attempt}: the host knows no account.`);
}

async function readWebhookSecret(http: ReplicateHttp): Promise<string> {
  const attempt = 'Asking for the secret that webhooks are signed with';
  const found = await http.read({
    method: 'GET',
    path: '/webhooks/default/secret',
    attempt,
    schema: webhookSecretSchema,
  });
  if (found) return found.key;
  throw new BeatreelFailure(failureTypes.invalidRequest, `${attempt}: the host has none.`);
}

async function uploadFile(http: ReplicateHttp, file: HostFile): Promise<string> {
  const name = file.name.replace(/[^\w.-]/g, '_');
  const boundary = `beatreel-${randomUUID()}`;
  const head = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="content"; filename="${name}"\r\n` +
      `content-type: ${file.contentType}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const attempt = `Uploading ${name} (${file.sizeBytes} bytes)`;
  const uploaded = await http.read({
    method: 'POST',
    path: '/files',
    attempt,
    schema: fileSchema,
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.sizeBytes + tail.length),
    },
    body: frame(head, file.body, tail),
    timeoutMs: 60_000,
  });
  if (uploaded) return uploaded.urls.get;
  throw new BeatreelFailure(failureTypes.invalidRequest, `${attempt}: the host takes no files.`);
}

async function* frame(head: Uint8Array, body: AsyncIterable<Uint8Array>, tail: Uint8Array) {
  yield head;
  yield* body;
  yield tail;
}
