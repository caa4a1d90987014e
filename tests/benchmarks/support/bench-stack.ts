import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import type { Pool } from '../../../workers/create-workers.ts';
import { loadDevConfig, type DevConfig } from '../../../workers/configuration/dev-config.ts';
import { packageRoot } from '../../../workers/setup/package-root.ts';
import type { RunningServer } from '../../../workers/dev/local-stack/processes/start-server-process.ts';
import { bundleWorkflows } from '../../../workers/workflow-bundle.ts';
import { startTestStack } from '../../support/test-stack.ts';
import type { HostLatency } from './stand-in-process.ts';
import { startStandInProcess } from './stand-in-process.ts';
import type { StandInClient } from './stand-in-client.ts';
import { connectStandIn } from './stand-in-client.ts';
import { startWebhooksProcess } from './webhooks-process.ts';
import type { WorkerProcess } from './worker-process.ts';
import { startWorkerProcess } from './worker-process.ts';

/** The options of a benchmark's servers. */
export interface BenchStackOptions {
  readonly latency: HostLatency;
  /** Default: `cheap`. */
  readonly drawing?: 'cheap' | 'ready';
  /** Changes `temporal-dev.yaml` for the workers of this run. Default: unchanged. */
  readonly configure?: (config: DevConfig) => DevConfig;
}

/** The servers and workers of a benchmark, on this machine and in a folder that is removed. */
export interface BenchStack {
  readonly client: Client;
  readonly standIn: StandInClient;
  readonly config: DevConfig;
  /** The variables by which workers and other programs of the run find the servers. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for files of the run. */
  readonly folder: string;
  readonly startWorker: (name: string, pools?: readonly Pool[]) => Promise<WorkerProcess>;
  /** Starts the endpoint; workers started afterwards order webhooks. */
  readonly startWebhooks: () => Promise<void>;
  /** Rejects when a server or worker ends by itself; else never settles. */
  readonly broken: Promise<never>;
  /** Stops everything. May be called again, and while workers are still starting. */
  stop(): Promise<void>;
}

/** Starts a Temporal dev server in memory, SeaweedFS and a stand-in, each in a process of its own. */
export async function startBenchStack(options: BenchStackOptions): Promise<BenchStack> {
  const undo: (() => Promise<unknown>)[] = [];
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= undoAll(undo));
  try {
    const folder = await mkdtemp(join(tmpdir(), 'beatreel-bench-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const servers = await startTestStack();
    undo.push(() => servers.stop());
    const standIn = await startStandInProcess({
      latency: options.latency,
      drawing: options.drawing ?? 'cheap',
      folder: join(folder, 'stand-in'),
      ffmpeg: servers.env['FFMPEG'] ?? '',
    });
    undo.push(() => standIn.stop());
    // Never closed: a call retried on a closed connection would throw outside any handler.
    const connection = await Connection.connect({ address: servers.env['TEMPORAL_ADDRESS'] ?? '' });
    const config = await configure(options.configure);
    const env: Record<string, string> = {
      ...servers.env,
      ...standIn.env,
      ...(await writeFiles(folder, config)),
    };
    const told = new Set<string>();
    const { broken, watch } = watchServers((name) => stopping !== undefined || told.has(name));
    watch(standIn);
    return {
      client: new Client({ connection }),
      standIn: connectStandIn(standIn),
      config,
      env,
      folder,
      broken,
      stop,
      startWebhooks: async () => {
        const webhooks = await startWebhooksProcess(folder, env);
        undo.push(() => webhooks.stop());
        watch(webhooks);
        Object.assign(env, webhooks.env);
      },
      startWorker: async (name, pools) => {
        const worker = await startWorkerProcess({ name, folder, env, ...(pools ? { pools } : {}) });
        undo.push(() => worker.stop());
        watch(worker);
        const stopWorker = () => {
          told.add(worker.name);
          return worker.stop();
        };
        return { ...worker, stop: stopWorker };
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function undoAll(undo: (() => Promise<unknown>)[]): Promise<void> {
  for (let last = undo.pop(); last !== undefined; last = undo.pop()) await last();
}

async function configure(change: BenchStackOptions['configure']): Promise<DevConfig> {
  const config = await loadDevConfig(join(packageRoot(), 'temporal-dev.yaml'));
  return change === undefined ? config : change(config);
}

/** Writes the files that every worker of the run reads; JSON is YAML. */
async function writeFiles(folder: string, config: DevConfig): Promise<Record<string, string>> {
  const configFile = join(folder, 'temporal-dev.yaml');
  const bundleFile = join(folder, 'workflow-bundle.js');
  const { code } = await bundleWorkflows();
  await Promise.all([writeFile(configFile, JSON.stringify(config)), writeFile(bundleFile, code)]);
  return { BEATREEL_CONFIG: configFile, BENCHMARK_WORKFLOW_BUNDLE: bundleFile };
}

/** @param isTold whether a server was told to end */
function watchServers(isTold: (name: string) => boolean) {
  let fail: (error: Error) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // It may reject before anything awaits it.
  broken.catch(() => undefined);
  const watch = ({ name, ended, logFile }: RunningServer) => {
    void ended.then((end) => {
      if (!isTold(name)) fail(new Error(`${name} ended by itself (${JSON.stringify(end)}); see ${logFile}.`));
    });
  };
  return { broken, watch };
}
