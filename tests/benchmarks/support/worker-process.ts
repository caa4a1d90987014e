import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { Pool } from '../../../workers/create-workers.ts';
import { packageRoot } from '../../../workers/setup/package-root.ts';
import {
  startServerProcess,
  type RunningServer,
} from '../../../workers/dev/local-stack/processes/start-server-process.ts';
import { waitUntilReady } from '../../../workers/dev/local-stack/processes/wait-until-ready.ts';
import { typescriptFlags } from '../../../workers/setup/typescript-flags.ts';

/** The options of a worker's process. */
export interface WorkerProcessOptions {
  /** Unique among the workers of a run; names its log. */
  readonly name: string;
  /** Default: all. */
  readonly pools?: readonly Pool[];
  readonly folder: string;
  /** The variables that name its servers. */
  readonly env: Readonly<Record<string, string>>;
}

/** A worker that serves its queues. */
export interface WorkerProcess extends RunningServer {
  readonly pid: number;
}

const readySchema = z.object({ pid: z.int() });

export async function startWorkerProcess(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const { name, pools = [], folder, env } = options;
  const logFile = join(folder, `${name}.log`);
  const program = fileURLToPath(new URL('worker-program.ts', import.meta.url));
  const server = startServerProcess({
    name: `The worker ${name}`,
    command: process.execPath,
    args: [...typescriptFlags, program, ...pools],
    cwd: packageRoot(),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      BEATREEL_LOGS: folder,
      BEATREEL_SCRATCH: folder,
      ...env,
    },
    logFile,
    // Longer than the worker's own grace, so that it can hand over running work.
    graceMs: 25_000,
  });
  try {
    const pid = await waitUntilReady({ server, check: () => readPid(logFile) });
    return { ...server, pid };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function readPid(logFile: string): Promise<number | undefined> {
  const line = (await readFile(logFile, 'utf8')).split('\n').find((text) => /^\{"pid":\d+\}$/.test(text));
  return line === undefined ? undefined : readySchema.parse(JSON.parse(line)).pid;
}
