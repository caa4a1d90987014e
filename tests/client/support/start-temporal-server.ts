import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Connection } from '@temporalio/client';

import { choosePort } from '../../../workers/dev/local-stack/processes/free-ports.ts';
import { until } from '../../local-stack/until.ts';

/** A Temporal server for tests. It knows none of our search attributes unless the environment's does. */
export interface TestTemporal {
  readonly address: string;
  stop(): Promise<void>;
}

/** Uses the server the environment names (`TEMPORAL_ADDRESS`), or starts one in memory and stops it again. */
export async function startTemporalServer(): Promise<TestTemporal> {
  const given = process.env['TEMPORAL_ADDRESS'];
  if (given !== undefined && given !== '') return { address: given, stop: () => Promise.resolve() };
  const home = await mkdtemp(join(tmpdir(), 'beatreel-temporal-'));
  const port = await choosePort();
  const binary = process.env['TEMPORAL_CLI'] ?? resolve('.beatreel/tools/bin/temporal');
  const args = [
    'server',
    'start-dev',
    '--headless',
    '--log-level',
    'never',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
  ];
  const server = spawn(binary, args, { env: { HOME: home }, stdio: 'ignore' });
  // A test file that dies must not leave its server behind.
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.off('exit', kill);
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    await rm(home, { recursive: true, force: true });
  };
  const address = `127.0.0.1:${port}`;
  try {
    await until('Temporal answers', () => answers(address));
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

async function answers(address: string): Promise<boolean> {
  try {
    const connection = await Connection.connect({ address, connectTimeout: '1s' });
    await connection.workflowService.describeNamespace({ namespace: 'default' });
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
