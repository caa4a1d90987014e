import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { execa } from 'execa';
import { z } from 'zod';

/** A server of the benchmark in a process of its own. */
export interface BenchServer {
  readonly origin: string;
  stop(): Promise<void>;
}

const readySchema = z.object({ origin: z.url() });

/** Starts one of the programs beside this file that print where they listen. */
export async function startProgram(name: string): Promise<BenchServer> {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = execa(process.execPath, ['--import', 'tsx', file], {
    env: { NODE_NO_WARNINGS: '1' },
    stderr: 'inherit',
    buffer: false,
    reject: false,
    cleanup: true,
  });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    child.then(() => Promise.reject(new Error(`${name} ended before it listened.`))),
  ])) as [string];
  const { origin } = readySchema.parse(JSON.parse(line));
  return {
    origin,
    stop: async () => {
      child.kill('SIGTERM');
      await child;
    },
  };
}
