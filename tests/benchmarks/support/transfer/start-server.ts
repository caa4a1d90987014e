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

/** Starts one end of a transfer on a free port of 127.0.0.1: the host that serves the file, or the discarding store. */
export async function startServer(role: 'file' | 'store'): Promise<BenchServer> {
  const program = fileURLToPath(new URL('servers.py', import.meta.url));
  const child = execa('python3', [program, role], {
    stderr: 'inherit',
    buffer: false,
    reject: false,
    cleanup: true,
  });
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    child.then(() => Promise.reject(new Error(`The ${role} server ended before it listened.`))),
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
