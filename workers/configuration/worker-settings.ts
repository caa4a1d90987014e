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

/** Everything a worker is told from outside. */
export interface WorkerSettings {
  readonly s3: S3Settings;
  /** Every host that is known, by name: how to open it, or what is missing for that. */
  readonly modelHosts: Readonly<Record<string, HostSetup>>;
  /** Where storyboards are asked for, in case a brief wants that. */
  readonly chat: ChatSettings;
  /** Who plans where a brief names nobody. Absent: the catalogue's default, where it can be asked and paid. */
  readonly defaultPlanner: string | undefined;
  /** Absent: hosts are not asked to tell us of ends, and predictions are looked at instead. */
  readonly webhooks: WebhookOrders | undefined;
  /** Where outputs may be fetched from instead of where each host serves them: hosts, or whole origins. */
  readonly outputHosts: string | undefined;
  /** Whether names of outputs may lead to 198.18.0.0/15. */
  readonly allowsFakeAddresses?: boolean;
  /** Whether the proxy keeps callers from private addresses, so that workers need not. */
  readonly trustsProxy?: boolean;
  readonly tools: MediaTools;
  readonly catalogueFile: string;
  readonly queues: DevConfig['queues'];
  /** Of the workflows. Absent: they are served without versions, as on a laptop. */
  readonly release: ReleaseName | undefined;
  readonly maximums: DevConfig['maximums'];
  /** Limits of host accounts, over all videos and workers. */
  readonly hosts: HostLimits;
  /** How long things take at a host, where the operator says so. */
  readonly hostDelays: Readonly<Record<string, HostDelays>>;
  /** Of the times for which answers must repeat before they are believed: 1, and less in tests. */
  readonly beliefShare: number;
  readonly logFolder: string;
  readonly scratchRoot: string;
  /** Where `/healthz` and `/readyz` are answered. Absent: nowhere. */
  readonly health?: ListenAddress | undefined;
  /** Where Prometheus may read metrics. Absent: nowhere. */
  readonly metrics?: ListenAddress | undefined;
}

/**
 * Reads the settings of a worker: `S3_*` and `AWS_*`, those of each host (such as `REPLICATE_API_TOKEN` and
 * `MINIMAX_API_KEY`), `OPENAI_BASE_URL`, `OPENAI_API_KEY`, `BEATREEL_PLANNER`, `OUTPUT_HOSTS`, `BEATREEL_DNS_198_18`, `HTTPS_PROXY`, `NO_PROXY`, `BEATREEL_PROXY_DNS`, `BEATREEL_WEBHOOK_URL`, `BEATREEL_WEBHOOK_SECRET`, `FFMPEG`, `FFPROBE`, `BEATREEL_CONFIG` (default `temporal-dev.yaml`), `BEATREEL_CATALOGUE` (default `models.yaml`),
 * `BEATREEL_BELIEF_SHARE` (default 1; less makes drills and tests quick, and believes wrong answers sooner),
 * `BEATREEL_LOGS` (default `logs`), `BEATREEL_SCRATCH` (default the system's folder for temporary files) and
 * `BEATREEL_QUEUE_PREFIX` (default that of the configuration), `TEMPORAL_WORKER_BUILD_ID` (default: workflows without
 * versions) and `TEMPORAL_DEPLOYMENT_NAME` (default the prefix of the queues), `BEATREEL_HEALTH` and `BEATREEL_METRICS` (default: nothing
 * listens).
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

/** As Temporal's Worker Controller tells its workers. */
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
