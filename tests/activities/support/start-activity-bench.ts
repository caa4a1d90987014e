import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createHosts } from '../../../activities/providers/hosts.ts';
import { registeredHosts } from '../../../activities/providers/registry.ts';
import type { OpenDependencies } from '../../../workers/create-dependencies.ts';
import { createDependencies } from '../../../workers/create-dependencies.ts';
import type { StandInOptions } from '../../../workers/dev/stand-in/stand-in-options.ts';
import type { StandIn } from '../../../workers/dev/stand-in/start-stand-in.ts';
import { startStandIn } from '../../../workers/dev/stand-in/start-stand-in.ts';
import { readWorkerSettings } from '../../../workers/configuration/worker-settings.ts';
import { quickHost } from '../../support/quick-host.ts';
import { fleetEnvironment } from '../../support/fleet-settings.ts';

/**
 * Activities on real servers without Temporal: a stand-in, the S3 server of the test run, and workers' dependencies.
 */
export interface ActivityBench {
  readonly standIn: StandIn;
  /** The dependencies of the first worker's activities. */
  readonly worker: OpenDependencies;
  /** The folder of the first worker's `beat_truncation.log`. */
  readonly folder: string;
  /** Adds a worker with its own connections, on the same stand-in and store; `env` changes its settings. */
  addWorker(env?: Readonly<Record<string, string>>): Promise<OpenDependencies>;
  /** Returns an id that no other test has. */
  newVideoId(): string;
  close(): Promise<void>;
}

/** A settling time short enough for tests; the product's own is 3 s. */
const listSettlingMs = 700;
/** Short, because no gateway lies between the tests' activities and their host. */
const lateArrivalMs = 300;

/** Starts a bench with a quick host that draws cheaply unless told otherwise. */
export async function startActivityBench(options: Partial<StandInOptions> = {}): Promise<ActivityBench> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-bench-'));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0).toReversed()) await step();
  };
  try {
    const standIn = await startStandIn({ ...quickHost(folder), ...options });
    closing.push(() => standIn.close());
    const fleet = await fleetEnvironment({ folder, prefix: 'bench', standIn });
    const addWorker = async (env: Readonly<Record<string, string>> = {}) => {
      const dependencies = await createDependencies(
        await readWorkerSettings({ ...process.env, ...fleet, ...env }),
      );
      closing.push(() => dependencies.close());
      return settleSoon(dependencies);
    };
    const worker = await addWorker();
    return {
      standIn,
      worker,
      folder,
      addWorker,
      newVideoId: () => `bench-${randomUUID().slice(0, 8)}`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A gate that lets every order pass, for tests that are not about pace. */
const openGate: OpenDependencies['accounts'] = {
  turnAt: () => ({
    enter: () => Promise.resolve(),
    accepted: () => Promise.resolve(),
    refused: () => Promise.resolve(),
    leave: () => Promise.resolve(),
  }),
};

function settleSoon(dependencies: OpenDependencies): OpenDependencies {
  const { hosts } = dependencies;
  const names = registeredHosts.map(({ name }) => name);
  const quick = names
    .filter((name) => hosts.whyMissing(name) === undefined)
    .map((name) => ({ ...hosts.get(name), listSettlingMs, lateArrivalMs }));
  const missing = Object.fromEntries(names.map((name) => [name, hosts.whyMissing(name) ?? '']));
  return { ...dependencies, hosts: createHosts(quick, missing), accounts: openGate };
}
