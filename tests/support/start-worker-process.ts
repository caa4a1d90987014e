import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { until } from './until.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

/** A worker as in production: a process of its own, configured by its environment. */
export interface WorkerProcess {
  /** Sends a signal and waits for the end. @returns the exit code, undefined when a signal ended it */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | undefined>;
  /** Stops the process, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  hasEnded(): boolean;
  /** Its log so far. */
  log(): string;
}

/**
 * Starts `npm run worker` without npm, and waits until it serves.
 *
 * @param pools default: all
 */
export async function startWorkerProcess(
  env: Readonly<Record<string, string>>,
  pools: readonly string[] = [],
): Promise<WorkerProcess> {
  const root = packageRoot();
  const flags = pools.flatMap((pool) => ['--pool', pool]);
  return startProgram([...typescriptFlags, join(root, 'workers', 'main.ts'), ...flags], { cwd: root, env });
}

/** Starts a worker by the arguments of Node, and waits until it serves. */
export async function startProgram(
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<WorkerProcess> {
  const process = execa('node', args, { cwd, env, reject: false, cleanup: true });
  const state = { log: '', hasEnded: false };
  for (const stream of [process.stdout, process.stderr])
    stream.on('data', (chunk: Buffer) => (state.log += chunk.toString()));
  const ended = process.then(({ exitCode }) => {
    state.hasEnded = true;
    return exitCode;
  });
  await until(() => state.log.includes('Serving') || state.hasEnded, {
    what: 'a worker process that serves',
  });
  if (state.hasEnded) throw new Error(`The worker process ended before it served:\n${state.log}`);
  return {
    end: async (signal) => {
      process.kill(signal);
      return ended;
    },
    signal: (signal) => process.kill(signal),
    hasEnded: () => state.hasEnded,
    log: () => state.log,
  };
}
