import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join, resolve } from 'node:path';

import { Connection } from '@temporalio/client';

import type { DevConfig } from '../../configuration/dev-config.ts';
import { releasePorts } from './processes/free-ports.ts';
import { keepPort } from './processes/keep-port.ts';
import type { HeldLock } from '../../tools/hold-lock.ts';
import { lockServerData } from './processes/lock-server-data.ts';
import { retryOnTakenPort } from './processes/retry-on-taken-port.ts';
import { startServerProcess, type RunningServer } from './processes/start-server-process.ts';
import { waitUntilReady } from './processes/wait-until-ready.ts';

/** The options of the Temporal dev server. */
export interface TemporalOptions {
  readonly config: DevConfig['temporal'];
  /** Path of the Temporal CLI. */
  readonly temporal: string;
  /** Folder that relative paths of the configuration start from. */
  readonly root: string;
  readonly logFolder: string;
}

/** A Temporal dev server that answers. */
export interface LocalTemporal extends RunningServer {
  /** host:port of the gRPC frontend. */
  readonly address: string;
  readonly namespace: string;
  readonly uiUrl: string;
}

/**
 * Starts `temporal server start-dev` with the namespace and search attributes registered.
 *
 * @throws BeatreelFailure when it does not answer, or another server has the database file open
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  return retryOnTakenPort(() => tryToStart(options));
}

async function tryToStart(options: TemporalOptions): Promise<LocalTemporal> {
  const { root, config } = options;
  const port = await keepPort(root, { name: 'temporal', setting: config.port, usual: 7233 });
  const uiPort = await keepPort(root, { name: 'temporal-ui', setting: config.uiPort, usual: 8233 });
  try {
    return await startOnPorts(options, { port, uiPort });
  } finally {
    await releasePorts([port, uiPort]);
  }
}

interface TemporalPorts {
  readonly port: number;
  readonly uiPort: number;
}

async function startOnPorts(
  options: TemporalOptions,
  { port, uiPort }: TemporalPorts,
): Promise<LocalTemporal> {
  const { config } = options;
  const address = `${config.ip}:${port}`;
  const lock = await lockDatabase(options);
  const server = startServerProcess({
    name: 'Temporal',
    command: options.temporal,
    args: buildArguments(options, { port, uiPort }),
    cwd: options.logFolder,
    // The CLI would read profiles and addresses from the environment and the home folder; neither may reach the server.
    env: { PATH: process.env['PATH'] ?? '', HOME: options.logFolder, TEMPORAL_VERSION_CHECK_DISABLED: '1' },
    logFile: join(options.logFolder, 'temporal.log'),
    lock,
  });
  try {
    await waitUntilReady({ server, check: () => listens(config.ip, port) });
    await waitUntilReady({ server, check: () => answers(address, config) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { ...server, address, namespace: config.namespace, uiUrl: `http://${config.ip}:${uiPort}` };
}

/** Locks the database file, because two dev servers on the same SQLite file overwrite each other's state. */
async function lockDatabase({ config, root }: TemporalOptions): Promise<HeldLock | undefined> {
  if (config.databaseFile === undefined) return undefined;
  const path = resolve(root, config.databaseFile);
  await mkdir(dirname(path), { recursive: true });
  return lockServerData({ server: 'Temporal', path, setting: 'temporal.databaseFile' });
}

function buildArguments({ config, root }: TemporalOptions, ports: TemporalPorts): string[] {
  const args = ['server', 'start-dev', '--log-level', 'error', '--ip', config.ip, '--ui-ip', config.ip];
  args.push('--port', String(ports.port), '--ui-port', String(ports.uiPort), '--namespace', config.namespace);
  if (config.databaseFile !== undefined) args.push('--db-filename', resolve(root, config.databaseFile));
  for (const [name, type] of Object.entries(config.searchAttributes))
    args.push('--search-attribute', `${name}=${type}`);
  for (const [key, value] of Object.entries(config.dynamicConfig)) {
    args.push('--dynamic-config-value', `${key}=${JSON.stringify(value)}`);
  }
  return args;
}

/** Tries the port before gRPC does, whose client waits a second after a refused connection. */
async function listens(host: string, port: number): Promise<true> {
  const visitor = connect({ host, port });
  await once(visitor, 'connect').finally(() => visitor.destroy());
  return true;
}

async function answers(
  address: string,
  { namespace, searchAttributes }: DevConfig['temporal'],
): Promise<true | undefined> {
  const connection = Connection.lazy({ address, tls: false, connectTimeout: '2s' });
  try {
    await connection.ensureConnected();
    await connection.workflowService.describeNamespace({ namespace });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    return Object.keys(searchAttributes).every((name) => name in customAttributes) ? true : undefined;
  } finally {
    await connection.close();
  }
}
