import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { MediaTools } from '../activities/media/media-tools.ts';
import { failureTypes } from '../workflows/domain/failure-types.ts';
import type { ReplicateSettings } from '../activities/providers/replicate/replicate-http.ts';
import type { HostLimits } from '../activities/account/host-limits.ts';
import { BeatreelFailure } from '../activities/runtime/failures.ts';
import { defaultOutputHosts } from '../activities/storage/output-address.ts';
import type { S3Settings } from '../activities/storage/s3-settings.ts';
import { readS3Settings } from '../activities/storage/s3-settings.ts';
import type { DevConfig } from './local-stack/dev-config.ts';
import { loadDevConfig } from './local-stack/dev-config.ts';
import { readHostLimits } from './local-stack/host-limits.ts';
import { packageRoot } from './local-stack/package-root.ts';
import { resolveTools } from './local-stack/tools.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything a worker is told from outside. */
export interface WorkerSettings {
  readonly s3: S3Settings;
  readonly replicate: ReplicateSettings;
  /** Hosts, or whole origins, that outputs may be fetched from. */
  readonly outputHosts: string;
  readonly tools: MediaTools;
  readonly catalogueFile: string;
  readonly queues: DevConfig['queues'];
  readonly maximums: DevConfig['maximums'];
  /** Limits of host accounts, over all videos and workers. */
  readonly hosts: HostLimits;
  readonly logFolder: string;
  readonly scratchRoot: string;
}

/** Replicate's own address. Source: its OpenAPI file, read 2026-11-22. */
const replicateBaseUrl = 'https://api.replicate.com/v1';

/**
 * Reads the settings of a worker: `S3_*` and `AWS_*`, `REPLICATE_BASE_URL`, `REPLICATE_API_TOKEN`, `OUTPUT_HOSTS`,
 * `FFMPEG`, `FFPROBE`, `BEATREEL_CONFIG` (default `temporal-dev.yaml`), `BEATREEL_CATALOGUE` (default `models.yaml`),
 * `BEATREEL_LOGS` (default `logs`), `BEATREEL_SCRATCH` (default the system's folder for temporary files) and
 * `BEATREEL_QUEUE_PREFIX` (default that of the configuration).
 *
 * @throws BeatreelFailure InvalidRequest naming the variable and the rule
 */
export async function readWorkerSettings(env: Environment): Promise<WorkerSettings> {
  const root = packageRoot();
  const { queues, maximums, hosts } = await loadDevConfig(
    read(env, 'BEATREEL_CONFIG') ?? join(root, 'temporal-dev.yaml'),
  );
  const { ffmpeg, ffprobe } = await resolveTools({ need: ['ffmpeg', 'ffprobe'], root, env });
  return {
    s3: readS3Settings(env),
    replicate: readReplicate(env),
    outputHosts: read(env, 'OUTPUT_HOSTS') ?? defaultOutputHosts,
    tools: { ffmpeg, ffprobe },
    catalogueFile: read(env, 'BEATREEL_CATALOGUE') ?? join(root, 'models.yaml'),
    queues: { ...queues, prefix: read(env, 'BEATREEL_QUEUE_PREFIX') ?? queues.prefix },
    maximums,
    hosts: readHostLimits(hosts),
    logFolder: read(env, 'BEATREEL_LOGS') ?? 'logs',
    scratchRoot: read(env, 'BEATREEL_SCRATCH') ?? tmpdir(),
  };
}

function readReplicate(env: Environment): ReplicateSettings {
  const baseUrl = (read(env, 'REPLICATE_BASE_URL') ?? replicateBaseUrl).replace(/\/+$/, '');
  const token = read(env, 'REPLICATE_API_TOKEN');
  if (token !== undefined || baseUrl !== replicateBaseUrl) return { baseUrl, token };
  throw new BeatreelFailure(
    failureTypes.invalidRequest,
    'REPLICATE_API_TOKEN is not set. The worker needs it to order predictions at Replicate; ' +
      'without a key, npm run dev and npm run demo use the local stand-in.',
  );
}

function read(env: Environment, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}
