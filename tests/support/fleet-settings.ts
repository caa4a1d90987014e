import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { parse, stringify } from 'yaml';

import { orderQueues } from '../../domain/media.ts';
import { packageRoot } from '../../workers/setup/package-root.ts';
import type { QueueLimits } from '../../workers/configuration/queue-limits.ts';
import type { StandIn } from '../../workers/dev/stand-in/start-stand-in.ts';

/** Changes to the limits of queues, queue by queue. */
export type QueueChanges = { readonly [Queue in keyof QueueLimits]?: Partial<QueueLimits[Queue]> };

export interface AccountChanges {
  readonly concurrentStills?: number;
  readonly concurrentChunks?: number;
  readonly outputRetentionSeconds?: number;
  readonly listLagSeconds?: number;
  readonly lateOrderSeconds?: number;
}

export interface FleetSettings {
  readonly folder: string;
  readonly prefix: string;
  readonly standIn: Pick<StandIn, 'baseUrl' | 'origin'>;
  readonly queues?: QueueChanges | undefined;
  /** Changes to models of the catalogue, by name. */
  readonly models?: ModelChanges | undefined;
  /** Limits of the host's account. Default: none. */
  readonly account?: AccountChanges | undefined;
}

/** Fields of a model that replace its own. */
export type ModelChanges = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Rates high enough not to slow any test; tests about rates set their own. */
const quick: QueueChanges = Object.fromEntries(
  [...orderQueues, 'waiting' as const].map((queue) => [queue, { ratePerSecond: 500 }]),
);

/** The variables of a fleet's worker, in this process or another. Writes the configuration that they name. */
export async function fleetEnvironment(settings: FleetSettings): Promise<Record<string, string>> {
  const { folder, prefix, standIn } = settings;
  const config = join(folder, 'temporal-dev.yaml');
  await writeFile(config, stringify(await changeConfig(settings)));
  const catalogue = join(folder, 'models.yaml');
  await writeFile(catalogue, stringify(await changeCatalogue(settings)));
  return {
    BEATREEL_CONFIG: config,
    BEATREEL_CATALOGUE: catalogue,
    BEATREEL_QUEUE_PREFIX: prefix,
    BEATREEL_LOGS: join(folder, 'logs'),
    BEATREEL_SCRATCH: join(folder, 'scratch'),
    REPLICATE_BASE_URL: standIn.baseUrl,
    OPENAI_BASE_URL: standIn.baseUrl,
    OPENAI_API_KEY: '',
    BEATREEL_PLANNER: 'built-in',
    BEATREEL_BELIEF_SHARE: '0.004',
    MINIMAX_BASE_URL: standIn.origin,
    OUTPUT_HOSTS: standIn.origin,
  };
}

async function changeCatalogue({ models = {} }: FleetSettings): Promise<unknown> {
  const catalogue = parse(await readFile(join(packageRoot(), 'models.yaml'), 'utf8')) as {
    models: Record<string, object>;
  };
  for (const [name, change] of Object.entries(models)) {
    catalogue.models[name] = { ...catalogue.models[name], ...change };
  }
  return catalogue;
}

async function changeConfig({ queues = {}, account = {} }: FleetSettings): Promise<unknown> {
  const config = parse(await readFile(join(packageRoot(), 'temporal-dev.yaml'), 'utf8')) as {
    queues: Record<string, object | string>;
    hosts: object;
  };
  // The stand-in lists and takes orders within a second, unless a test changes that.
  config.hosts = { replicate: { listLagSeconds: 3, lateOrderSeconds: 10, ...account } };
  for (const changes of [quick, queues]) {
    for (const [queue, change] of Object.entries(changes)) {
      config.queues[queue] =
        typeof change === 'string' ? change : { ...(config.queues[queue] as object), ...change };
    }
  }
  return config;
}
