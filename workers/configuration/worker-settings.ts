import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MediaTools } from '../../activities/media/media-tools.ts';
import {
  type ChatSettings,
  readChatSettings,
} from '../../activities/providers/chat-completions/chat-settings.ts';
import type { HostSetup } from '../../activities/providers/host-registration.ts';
import type { HostDelays } from '../../activities/providers/model-host.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { failureTypes } from '../../domain/failure-types.ts';
import { readNumber } from '../../domain/outside-numbers.ts';
import { type S3Settings, readS3Settings } from '../../storage/s3-settings.ts';
import { type DevConfig, loadDevConfig } from './dev-config.ts';
import { readHostDelays, readHostLimits } from './host-limits.ts';
import type { HostLimits } from '../../domain/permits.ts';
import { packageRoot } from '../setup/package-root.ts';
import { resolveTools } from '../tools/resolve-tools.ts';
import { type Environment, readVariable } from '../../activities/runtime/read-variable.ts';
import { type ListenAddress, readListenAddress } from './read-listen-address.ts';
import { readHostSetups } from './read-host-setups.ts';
import type { ReleaseName } from '../create-workers.ts';
import { readWebhookOrders, type WebhookOrders } from '../webhooks/webhook-orders.ts';

/** The settings of a worker from outside. */
export interface WorkerSettings {
  readonly s3: S3Settings;
  /** Every known host, by name, with the way to open it or the setting that it lacks. */
  readonly modelHosts: Readonly<Record<string, HostSetup>>;
  /** The server that plans storyboards for briefs that want a language model. */
  readonly chat: ChatSettings;
  /** The planner for briefs that name none. Absent: the catalogue's default, where it can be asked and paid. */
  readonly defaultPlanner: string | undefined;
  /** The webhooks that orders ask for. Absent: none, and predictions are polled instead. */
  readonly webhooks: WebhookOrders | undefined;
  /** The servers allowed for outputs, instead of each host's own: host names or whole origins. */
  readonly outputHosts: string | undefined;
  /** Whether host names of outputs may resolve to 198.18.0.0/15. */
  readonly allowsFakeAddresses?: boolean;
  /** Whether the proxy keeps callers from private addresses, so that workers need not. */
  readonly trustsProxy?: boolean;
  readonly tools: MediaTools;
  readonly catalogueFile: string;
  readonly queues: DevConfig['queues'];
  /** The release of the workflows. Absent: they are served without versions, as on a laptop. */
  readonly release: ReleaseName | undefined;
  readonly maximums: DevConfig['maximums'];
  /** Limits of host accounts, over all videos and workers. */
  readonly hosts: HostLimits;
  /** The operator's delays, by host. */
  readonly hostDelays: Readonly<Record<string, HostDelays>>;
  /** The share of the times for which answers must repeat before they are believed: 1, and less in tests. */
  readonly beliefShare: number;
  readonly logFolder: string;
  readonly scratchRoot: string;
  /** The address for `/healthz` and `/readyz`. Absent: not served. */
  readonly health?: ListenAddress | undefined;
  /** The address for Prometheus. Absent: not served. */
  readonly metrics?: ListenAddress | undefined;
}

/**
 * Reads the settings of a worker: `S3_*` and `AWS_*`, those of each host (such as `REPLICATE_API_TOKEN` and
 * `MINIMAX_API_KEY`), `OPENAI_BASE_URL`, `OPENAI_API_KEY`, `BEATREEL_PLANNER`, `OUTPUT_HOSTS`, `BEATREEL_DNS_198_18`,
 * `HTTPS_PROXY`, `NO_PROXY`, `BEATREEL_PROXY_DNS`, `BEATREEL_WEBHOOK_URL`, `BEATREEL_WEBHOOK_SECRET`, `FFMPEG`,
 * `FFPROBE`, `BEATREEL_CONFIG` (default `temporal-dev.yaml`), `BEATREEL_CATALOGUE` (default `models.yaml`),
 * `BEATREEL_BELIEF_SHARE` (default 1; less makes drills and tests quick, and believes wrong answers sooner),
 * `BEATREEL_LOGS` (default `logs`), `BEATREEL_SCRATCH` (default the system's folder for temporary files) and
 * `BEATREEL_QUEUE_PREFIX` (default that of the configuration), `TEMPORAL_WORKER_BUILD_ID` (default: workflows without
 * versions) and `TEMPORAL_DEPLOYMENT_NAME` (default the prefix of the queues), `BEATREEL_HEALTH` and
 * `BEATREEL_METRICS` (default: nothing listens).
 *
 * @throws BeatreelFailure InvalidRequest naming the variable and the rule
 */
export async function readWorkerSettings(env: Environment): Promise<WorkerSettings> {
  const root = packageRoot();
  const { queues, maximums, hosts } = await loadConfig(env);
  const { ffmpeg, ffprobe } = await resolveTools({ need: ['ffmpeg', 'ffprobe'], root, env });
  return {
    s3: readS3Settings(env),
    modelHosts: readHostSetups(env),
    chat: readChatSettings(env),
    defaultPlanner: readVariable(env, 'BEATREEL_PLANNER'),
    webhooks: readWebhookOrders(env),
    outputHosts: readVariable(env, 'OUTPUT_HOSTS'),
    allowsFakeAddresses: readVariable(env, 'BEATREEL_DNS_198_18') === 'allow',
    trustsProxy: readVariable(env, 'BEATREEL_PROXY_DNS') === 'trust',
    tools: { ffmpeg, ffprobe },
    catalogueFile: readVariable(env, 'BEATREEL_CATALOGUE') ?? join(root, 'models.yaml'),
    queues,
    release: readRelease(env, queues.prefix),
    maximums,
    hosts: readHostLimits(hosts),
    beliefShare: readShare(env, 'BEATREEL_BELIEF_SHARE'),
    hostDelays: readHostDelays(hosts),
    logFolder: readVariable(env, 'BEATREEL_LOGS') ?? 'logs',
    scratchRoot: readVariable(env, 'BEATREEL_SCRATCH') ?? tmpdir(),
    health: readListenAddress(env, 'BEATREEL_HEALTH'),
    metrics: readListenAddress(env, 'BEATREEL_METRICS'),
  };
}

/** The queue on which workflows run. */
export async function readOrchestratorQueue(env: Environment): Promise<string> {
  return `${(await loadConfig(env)).queues.prefix}-orchestrator`;
}

async function loadConfig(env: Environment): Promise<DevConfig> {
  const file = readVariable(env, 'BEATREEL_CONFIG') ?? join(packageRoot(), 'temporal-dev.yaml');
  const config = await loadDevConfig(file);
  const prefix = readVariable(env, 'BEATREEL_QUEUE_PREFIX') ?? config.queues.prefix;
  return { ...config, queues: { ...config.queues, prefix } };
}

/** Reads the release from the variables that Temporal's Worker Controller sets. */
export function readRelease(env: Environment, prefix: string): ReleaseName | undefined {
  const deploymentName = readVariable(env, 'TEMPORAL_DEPLOYMENT_NAME') ?? prefix;
  const buildId = readVariable(env, 'TEMPORAL_WORKER_BUILD_ID');
  if (buildId === undefined) return undefined;
  for (const [name, value] of Object.entries({
    TEMPORAL_DEPLOYMENT_NAME: deploymentName,
    TEMPORAL_WORKER_BUILD_ID: buildId,
  })) {
    if (/^[A-Za-z0-9_-]{1,64}$/.test(value)) continue;
    const rule = '1–64 letters, digits, dashes and underscores';
    throw new BeatreelFailure(failureTypes.invalidRequest, `${name} is ${JSON.stringify(value)}: ${rule}.`);
  }
  return { deploymentName, buildId };
}

function readShare(env: Environment, name: string): number {
  const text = readVariable(env, name) ?? '1';
  const share = readNumber(text, { least: 0, most: 1 });
  if (share !== undefined) return share;
  throw new BeatreelFailure(failureTypes.invalidRequest, `${name} is "${text}": a number from 0 to 1.`);
}
