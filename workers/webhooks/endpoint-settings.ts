import { join } from 'node:path';

import type { ReplicateSettings } from '../../activities/providers/replicate/replicate-http.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { readS3Settings, type S3Settings } from '../../storage/s3-settings.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';
import {
  missingToken,
  readReplicateSettings,
} from '../../activities/providers/replicate/replicate-settings.ts';
import { readWhole } from '../../domain/outside-numbers.ts';
import { packageRoot } from '../setup/package-root.ts';
import { type ListenAddress, readListenAddress } from '../configuration/read-listen-address.ts';
import { readWebhookSecret } from './webhook-secret.ts';

/** The least memory: two parts of 8 MiB, one on its way in and one on its way out. */
const leastRescueMiB = 16;

/** The settings of the webhook endpoint from outside. */
export interface EndpointSettings {
  readonly s3: S3Settings;
  readonly replicate: ReplicateSettings;
  readonly configFile: string;
  readonly catalogueFile: string;
  /** The servers allowed for outputs, instead of the host's own. */
  readonly outputHosts: string | undefined;
  /** Whether host names of outputs may resolve to 198.18.0.0/15. */
  readonly allowsFakeAddresses?: boolean;
  /** Whether the proxy keeps callers from private addresses, so that workers need not. */
  readonly trustsProxy?: boolean;
  /** The memory for files that no worker fetched, in MiB. */
  readonly rescueMemoryMiB: number;
  /** The prefix of the fleet's queues; default that of the configuration. */
  readonly queuePrefix: string | undefined;
  /** Proves that an address is ours. */
  readonly secret: string;
  /** The secret that signs the host's webhooks. Absent: the host is asked. */
  readonly hostSecret: string | undefined;
  /** The interface to listen on. */
  readonly ip: string;
  /** The port; 0 picks a free one. */
  readonly port: number;
  /** The address for `/healthz` and `/readyz`, beside the endpoint's own `/healthz`. Absent: not served. */
  readonly health?: ListenAddress | undefined;
  /** The address for Prometheus. Absent: not served. */
  readonly metrics?: ListenAddress | undefined;
}

/**
 * Reads the settings of the endpoint: `S3_*` and `AWS_*`, `REPLICATE_BASE_URL`, `REPLICATE_API_TOKEN`,
 * `REPLICATE_WEBHOOK_SECRET` (default: asked from the host), `BEATREEL_WEBHOOK_SECRET`, `BEATREEL_WEBHOOK_IP` (default
 * `127.0.0.1`) and `BEATREEL_WEBHOOK_PORT` (default 8787). For files that no worker fetches: `BEATREEL_RESCUE_MIB`
 * (memory for them, default 64), and, as for workers, `OUTPUT_HOSTS`, `BEATREEL_DNS_198_18`, `HTTPS_PROXY`, `NO_PROXY`,
 * `BEATREEL_PROXY_DNS`, `BEATREEL_CONFIG`, `BEATREEL_CATALOGUE` and
 * `BEATREEL_QUEUE_PREFIX`. Probes: `BEATREEL_HEALTH` and `BEATREEL_METRICS` (default: nothing listens).
 *
 * @throws BeatreelFailure InvalidRequest naming the variable and the rule
 */
export function readEndpointSettings(env: Environment): EndpointSettings {
  return {
    s3: readS3Settings(env),
    replicate: readReplicateSettings(env) ?? refuse(missingToken),
    configFile: readVariable(env, 'BEATREEL_CONFIG') ?? join(packageRoot(), 'temporal-dev.yaml'),
    catalogueFile: readVariable(env, 'BEATREEL_CATALOGUE') ?? join(packageRoot(), 'models.yaml'),
    outputHosts: readVariable(env, 'OUTPUT_HOSTS'),
    allowsFakeAddresses: readVariable(env, 'BEATREEL_DNS_198_18') === 'allow',
    trustsProxy: readVariable(env, 'BEATREEL_PROXY_DNS') === 'trust',
    rescueMemoryMiB: readMemory(env),
    queuePrefix: readVariable(env, 'BEATREEL_QUEUE_PREFIX'),
    secret: readWebhookSecret(env),
    hostSecret: readHostSecret(env),
    ip: readVariable(env, 'BEATREEL_WEBHOOK_IP') ?? '127.0.0.1',
    port: readPort(env),
    health: readListenAddress(env, 'BEATREEL_HEALTH'),
    metrics: readListenAddress(env, 'BEATREEL_METRICS'),
  };
}

function readHostSecret(env: Environment): string | undefined {
  const secret = readVariable(env, 'REPLICATE_WEBHOOK_SECRET');
  if (secret === undefined || /^whsec_[A-Za-z0-9+/]+=*$/.test(secret)) return secret;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    'REPLICATE_WEBHOOK_SECRET must be the host’s signing secret, which begins with whsec_. Leave it out to have it asked for.',
  );
}

function readMemory(env: Environment): number {
  const text = readVariable(env, 'BEATREEL_RESCUE_MIB') ?? '64';
  const memory = readWhole(text, { least: leastRescueMiB, most: 4096 });
  if (memory !== undefined) return memory;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `BEATREEL_RESCUE_MIB is "${text}": a whole number from ${leastRescueMiB} to 4096.`,
  );
}

function readPort(env: Environment): number {
  const text = readVariable(env, 'BEATREEL_WEBHOOK_PORT') ?? '8787';
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    `BEATREEL_WEBHOOK_PORT is "${text}": a whole number from 0 to 65535.`,
  );
}

function refuse(message: string): never {
  throw new BeatreelFailure(failureTypes.invalidRequest, message);
}
