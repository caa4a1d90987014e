import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { readS3Settings } from '../../../storage/s3-settings.ts';
import type { S3Settings } from '../../../storage/s3-settings.ts';
import type { Pool } from '../../../workers/create-workers.ts';
import type { DevConfig } from '../../../workers/configuration/dev-config.ts';
import { loadDevConfig } from '../../../workers/configuration/dev-config.ts';
import { loadLocalCredentials } from '../../../workers/dev/local-stack/local-credentials.ts';
import { packageRoot } from '../../../workers/setup/package-root.ts';
import { startObjectStore } from '../../../workers/dev/local-stack/start-object-store.ts';
import { startTemporal } from '../../../workers/dev/local-stack/start-temporal.ts';
import { resolveTools } from '../../../workers/tools/resolve-tools.ts';
import { workerEnvironment } from '../../../workers/dev/local-stack/worker-environment.ts';
import { bundleWorkflows } from '../../../workers/workflow-bundle.ts';
import type { StandInClient } from '../../benchmarks/support/stand-in-client.ts';
import { connectStandIn } from '../../benchmarks/support/stand-in-client.ts';
import { startStandInProcess } from '../../benchmarks/support/stand-in-process.ts';
import { startWebhooksProcess } from '../../benchmarks/support/webhooks-process.ts';
import { startWorkerProcess } from '../../benchmarks/support/worker-process.ts';
import type { RefusingRoad } from '../../support/start-refusing-road.ts';
import { startRefusingRoad } from '../../support/start-refusing-road.ts';
import { createVictim, type Victim } from './victim.ts';

/** All servers and workers, in processes that can be killed and restarted in place. */
export interface SoakStack {
  readonly client: Client;
  readonly standIn: StandInClient;
  readonly s3: S3Settings;
  readonly tools: { readonly ffmpeg: string; readonly ffprobe: string };
  readonly victims: Readonly<Record<VictimName, Victim>>;
  /** The workers' proxy to the object store. */
  readonly road: RefusingRoad;
  /** Starts an orchestrator of a release; it ends with the stack at the latest. */
  startOrchestrator(buildId: string, workflows: { readonly code: string }): Promise<Victim>;
  /** A folder for files of the run. */
  readonly folder: string;
  stop(): Promise<void>;
}

export type VictimName = 'worker' | 'webhooks' | 'temporal' | 'store' | 'host';

/** Quick enough for hundreds of kills, slow enough that there is always something to interrupt. */
const latency = { stillSeconds: 1.1, clipSeconds: 2.3, scoreSeconds: 1.7 };

/** Limits of the whole account, beside those of one video: permits that must not leak. */
const account = { concurrentStills: 5, concurrentChunks: 3, listLagSeconds: 3, lateOrderSeconds: 10 };

export interface SoakOptions {
  /** Extra variables of the workers. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long the host keeps its outputs. Default: an hour. */
  readonly outputRetentionSeconds?: number;
  /** Whether separate orchestrators, each of one release, serve the workflows. Default: false. */
  readonly hasReleases?: boolean;
}

export async function startSoakStack(options: SoakOptions = {}): Promise<SoakStack> {
  const undo: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    return { ...(await startAll(undo, options)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(
  undo: (() => Promise<unknown>)[],
  { env: more = {}, outputRetentionSeconds = 3600, hasReleases = false }: SoakOptions,
): Promise<Omit<SoakStack, 'stop'>> {
  const root = packageRoot();
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-soak-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const tools = await resolveTools({ need: ['temporal', 'weed', 'ffmpeg', 'ffprobe'], root });
  const ports = await freePorts(5);
  const plain = await loadDevConfig(join(root, 'temporal-dev.yaml'));
  const config = withPorts({ ...plain, hosts: { replicate: { ...account, outputRetentionSeconds } } }, ports);
  const at = { root: folder, logFolder: folder };
  const keep = (victim: Victim) => {
    undo.push(() => victim.stop());
    return victim;
  };

  const startStore = async () => {
    const { accessKeyId, secretAccessKey } = await loadLocalCredentials(folder);
    const credentials = { accessKeyId, secretAccessKey };
    return startObjectStore({ ...at, config: config.objectStore, weed: tools.weed, credentials });
  };
  const objectStore = await startStore();
  const store = keep(createVictim('store', objectStore, startStore));
  const startServer = () => startTemporal({ ...at, config: config.temporal, temporal: tools.temporal });
  const server = await startServer();
  const temporal = keep(createVictim('temporal', server, startServer));
  const startHost = () =>
    startStandInProcess({
      latency,
      folder: join(folder, 'stand-in'),
      ffmpeg: tools.ffmpeg,
      port: numberOf(config.standIn.port),
      outputRetentionSeconds,
    });
  const standIn = await startHost();
  const host = keep(createVictim('host', standIn, startHost));
  const configFile = join(folder, 'temporal-dev.yaml');
  const bundleFile = join(folder, 'workflow-bundle.js');
  await writeFile(configFile, JSON.stringify(config));
  await writeFile(bundleFile, (await bundleWorkflows()).code);
  const servers = { ...workerEnvironment({ temporal: server, objectStore }, tools), ...standIn.env };
  const road = await startRefusingRoad(objectStore.endpoint);
  undo.push(() => road.stop());
  const startEndpoint = () =>
    startWebhooksProcess(folder, {
      ...servers,
      // The configuration holds the host's retention.
      BEATREEL_CONFIG: configFile,
      BEATREEL_WEBHOOK_PORT: String(ports[4]),
    });
  const endpoint = await startEndpoint();
  const webhooks = keep(createVictim('webhooks', endpoint, startEndpoint));
  const env = {
    ...servers,
    ...endpoint.env,
    BEATREEL_CONFIG: configFile,
    BENCHMARK_WORKFLOW_BUNDLE: bundleFile,
  };
  const workerEnv = { ...env, ...more, S3_ENDPOINT: road.origin };
  // Readers of the bucket in this process find their credentials there, as the SDK does.
  Object.assign(process.env, env);
  let starts = 0;
  const pools: readonly Pool[] = hasReleases ? ['generate', 'transfer', 'render'] : [];
  const startWorker = () =>
    startWorkerProcess({ name: `worker-${(starts += 1)}`, folder, env: workerEnv, pools });
  const startOrchestrator: SoakStack['startOrchestrator'] = async (buildId, { code }) => {
    const file = join(folder, `workflows-${buildId}.js`);
    await writeFile(file, code);
    const ownEnv = { ...workerEnv, BENCHMARK_WORKFLOW_BUNDLE: file, TEMPORAL_WORKER_BUILD_ID: buildId };
    const start = () => {
      const name = `orchestrator-${buildId}-${(starts += 1)}`;
      return startWorkerProcess({ name, folder, env: ownEnv, pools: ['orchestrator'] });
    };
    return keep(createVictim(`orchestrator ${buildId}`, await start(), start));
  };
  const worker = keep(createVictim('worker', await startWorker(), startWorker));
  // Never closed: a call retried on a closed connection would throw outside any handler.
  const connection = await Connection.connect({ address: server.address });
  return {
    client: new Client({ connection }),
    standIn: connectStandIn(standIn),
    s3: readS3Settings(env),
    tools,
    victims: { worker, webhooks, temporal, store, host },
    road,
    startOrchestrator,
    folder,
  };
}

/** Fixes the ports, so that processes find each other again after every kill. */
function withPorts(
  config: DevConfig,
  [temporal = 0, ui = 0, store = 0, host = 0]: readonly number[],
): DevConfig {
  return {
    ...config,
    temporal: { ...config.temporal, port: temporal, uiPort: ui },
    objectStore: { ...config.objectStore, port: store },
    standIn: { ...config.standIn, port: host },
  };
}

/**
 * Picks ports below those for outgoing connections: while a server is down, a connection to it could otherwise be given
 * its port, and keep it.
 */
async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    if (!ports.includes(port) && (await isFree(port))) ports.push(port);
  }
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer().listen(port, '127.0.0.1');
  const isListening = await once(probe, 'listening').then(
    () => true,
    () => false,
  );
  await new Promise((closed) => probe.close(closed));
  return isListening;
}

function numberOf(port: number | 'auto'): number {
  return port === 'auto' ? 0 : port;
}
