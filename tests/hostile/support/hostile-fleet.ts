import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client, Connection } from '@temporalio/client';

import { createObjectStore } from '../../../storage/object-store.ts';
import type { ObjectStore } from '../../../storage/object-store.ts';
import { readS3Settings } from '../../../storage/s3-settings.ts';
import { readMemory } from '../../benchmarks/support/process-memory.ts';
import type { WorkerProcess } from '../../benchmarks/support/worker-process.ts';
import { startWorkerProcess } from '../../benchmarks/support/worker-process.ts';
import { fleetEnvironment } from '../../support/fleet-settings.ts';
import { testWorkflowBundle } from '../../support/workflow-bundle.ts';
import { makeHostMedia } from './host-media.ts';
import type { HostileHost } from './hostile-host.ts';
import { startHostileHost } from './hostile-host.ts';
import { canaryKey } from './kinds/answers.ts';
import type { HostileKind } from './kind.ts';

/** One account at the hostile host, and the worker that orders from it. */
export interface HostileAccount {
  readonly name: string;
  readonly taskQueue: string;
  readonly worker: WorkerProcess;
  /** The whole log of the worker. */
  log(): Promise<string>;
  /** Its ending; undefined while it lives. */
  ended(): string | undefined;
  peakMiB(): Promise<number>;
}

/** The hostile host, and our workers against it. */
export interface HostileFleet {
  readonly client: Client;
  readonly host: HostileHost;
  readonly store: ObjectStore;
  /** The account of kinds that do not disturb others. */
  readonly shared: HostileAccount;
  /** The account of one kind at a time. */
  readonly alone: HostileAccount;
  close(): Promise<void>;
}

/** @param env names Temporal, the store and the tools */
export async function startHostileFleet(
  kinds: readonly HostileKind[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<HostileFleet> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).toReversed()) await step();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'beatreel-hostile-'));
    undo.push(() => rm(folder, { recursive: true, force: true }));
    const host = await startHostileHost(kinds, await makeHostMedia(env['FFMPEG'] ?? 'ffmpeg'));
    undo.push(() => host.close());
    const store = createObjectStore(readS3Settings(env));
    undo.push(() => {
      store.close();
      return Promise.resolve();
    });
    const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS'] ?? '' });
    undo.push(() => connection.close());
    const client = new Client({ connection, namespace: env['TEMPORAL_NAMESPACE'] ?? 'default' });
    const open = async (name: string) => {
      const account = await openAccount(name, { folder: join(folder, name), host, env });
      undo.push(() => account.worker.stop());
      return account;
    };
    // One after the other, so that a failure leaves no worker that is still starting.
    const shared = await open('shared');
    const alone = await open('alone');
    return { client, host, store, shared, alone, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface AccountSettings {
  readonly folder: string;
  readonly host: HostileHost;
  readonly env: Readonly<Record<string, string | undefined>>;
}

async function openAccount(name: string, { folder, host, env }: AccountSettings): Promise<HostileAccount> {
  await mkdir(folder);
  const prefix = `hostile-${name}-${randomUUID().slice(0, 8)}`;
  const { origin } = host;
  const usual = await fleetEnvironment({
    // One render slot per core, because encoding footage of one colour does not use two.
    // A worker run from source holds some 60 MiB more than a built one, so transfers get that much less.
    queues: { render: { coresPerSlot: 1 }, transfer: { memoryMiB: 32, partMiB: 8 } },
    folder,
    prefix,
    standIn: { origin, baseUrl: host.baseUrlOf(name) },
  });
  const { codePath } = await testWorkflowBundle();
  const worker = await startWorkerProcess({
    name,
    folder,
    env: {
      ...onlySet(env),
      ...usual,
      // As in a small container: garbage is collected early, and real growth ends the worker.
      NODE_OPTIONS: '--max-old-space-size=160',
      REPLICATE_API_TOKEN: canaryKey,
      // A plausible allow-list: another origin of the host, and a name that no longer exists.
      OUTPUT_HOSTS: `${origin} ${origin.replace('http:', 'https:')} nowhere.invalid`,
      BENCHMARK_WORKFLOW_BUNDLE: codePath,
    },
  });
  let end: string | undefined;
  void worker.ended.then((ending) => (end = JSON.stringify(ending)));
  return {
    name,
    taskQueue: `${prefix}-orchestrator`,
    worker,
    log: () => readFile(worker.logFile, 'utf8'),
    ended: () => end,
    peakMiB: async () => (await readMemory(worker.pid)).peakMiB,
  };
}

function onlySet(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}
