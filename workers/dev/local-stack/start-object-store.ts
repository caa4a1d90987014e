import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { DevConfig } from '../../configuration/dev-config.ts';
import { prepareBucket } from './prepare-bucket.ts';
import { choosePort, releasePorts } from './processes/free-ports.ts';
import { keepPort } from './processes/keep-port.ts';
import { lockServerData } from './processes/lock-server-data.ts';
import { retryOnTakenPort } from './processes/retry-on-taken-port.ts';
import { startServerProcess, type RunningServer } from './processes/start-server-process.ts';
import { waitUntilReady } from './processes/wait-until-ready.ts';

/** The options of the local object store. */
export interface ObjectStoreOptions {
  readonly config: DevConfig['objectStore'];
  /** Path of SeaweedFS's `weed`. */
  readonly weed: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Folder that relative paths of the configuration start from. */
  readonly root: string;
  readonly logFolder: string;
}

/** An object store that answers, with its bucket in place. */
export interface LocalObjectStore extends RunningServer {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly credentials: ObjectStoreOptions['credentials'];
}

/**
 * Starts SeaweedFS in one process, reachable from this machine only, on a folder that outlives it.
 *
 * @throws BeatreelFailure when it does not answer, or another store has the folder open
 */
export async function startObjectStore(options: ObjectStoreOptions): Promise<LocalObjectStore> {
  const folder = resolve(options.root, options.config.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return retryOnTakenPort(() => tryToStart(options, folder));
}

async function tryToStart(options: ObjectStoreOptions, folder: string): Promise<LocalObjectStore> {
  const ports = await choosePorts(options);
  try {
    return await startOnPorts(options, folder, ports);
  } finally {
    await releasePorts(Object.values(ports));
  }
}

async function startOnPorts(
  { config, credentials, weed, logFolder }: ObjectStoreOptions,
  folder: string,
  ports: StorePorts,
): Promise<LocalObjectStore> {
  const endpoint = `http://127.0.0.1:${ports.s3}`;
  const lock = await lockServerData({ server: 'SeaweedFS', path: folder, setting: 'objectStore.folder' });
  await forgetEarlierMasters(folder);
  const server = startServerProcess({
    name: 'SeaweedFS',
    command: weed,
    args: buildArguments(folder, ports),
    cwd: folder,
    // The user's home folder may hold a configuration of another store.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...closedDoors(),
    },
    logFile: join(logFolder, 'object-store.log'),
    leftovers: socketFiles(ports),
    lock,
  });
  try {
    await waitUntilReady({ server, check: () => prepareBucket({ endpoint, ...config, credentials }) });
  } catch (error) {
    await server.stop();
    throw error;
  }
  const { bucket, region } = config;
  return { ...server, endpoint, bucket, region, credentials };
}

/** SeaweedFS runs its five servers in one process; each listens for HTTP and for gRPC. */
type StorePorts = Readonly<Record<'master' | 'volume' | 'filer' | 's3' | 'admin', number>> &
  Readonly<Record<'masterGrpc' | 'volumeGrpc' | 'filerGrpc' | 's3Grpc' | 'adminGrpc', number>>;

async function choosePorts({ root, config }: ObjectStoreOptions): Promise<StorePorts> {
  return {
    s3: await keepPort(root, { name: 's3', setting: config.port, usual: 8333 }),
    s3Grpc: await choosePort(),
    master: await choosePort(),
    masterGrpc: await choosePort(),
    volume: await choosePort(),
    volumeGrpc: await choosePort(),
    filer: await choosePort(),
    filerGrpc: await choosePort(),
    admin: await choosePort(),
    adminGrpc: await choosePort(),
  };
}

function buildArguments(folder: string, ports: StorePorts): string[] {
  const flags: Record<string, string | number | boolean> = {
    dir: folder,
    ip: '127.0.0.1',
    'ip.bind': '127.0.0.1',
    'master.port': ports.master,
    'master.port.grpc': ports.masterGrpc,
    'master.telemetry': false,
    'volume.port': ports.volume,
    'volume.port.grpc': ports.volumeGrpc,
    // No other volume server has to learn of the stop.
    'volume.preStopSeconds': 0,
    'filer.port': ports.filer,
    'filer.port.grpc': ports.filerGrpc,
    's3.port': ports.s3,
    's3.port.grpc': ports.s3Grpc,
    's3.port.iceberg': 0,
    's3.port.lance': 0,
    's3.allowedOrigins': noPage,
    // A misspelt bucket is an error here, as it is on AWS.
    's3.autoCreateBucket': false,
    // Listens even without its pages, so it gets ports of its own.
    'admin.port': ports.admin,
    'admin.port.grpc': ports.adminGrpc,
    'admin.ui': false,
    webdav: false,
    // Master and filer would let anyone read, write and delete over HTTP; the S3 gateway speaks gRPC with them.
    disableHttp: true,
  };
  return [
    '-logtostderr=true',
    'mini',
    ...Object.entries(flags).map(([name, value]) => `-${name}=${value.toString()}`),
  ];
}

/** An origin that no web page can have. The gateway takes it from its flag, the filer only from the environment. */
const noPage = 'https://no-page.invalid';

/**
 * Keeps web pages and unsigned requests out of every port: the keys are known to this one process, which signs its
 * own requests between volume, filer and gateway with them.
 */
function closedDoors(): Record<string, string> {
  const key = (): string => randomBytes(32).toString('hex');
  return {
    WEED_CORS_ALLOWED_ORIGINS_VALUES: noPage,
    WEED_JWT_SIGNING_KEY: key(),
    WEED_JWT_SIGNING_READ_KEY: key(),
    WEED_JWT_FILER_SIGNING_KEY: key(),
    WEED_JWT_FILER_SIGNING_READ_KEY: key(),
  };
}

/** Socket files that SeaweedFS names itself; it leaves some behind even after SIGTERM. */
function socketFiles(ports: StorePorts): string[] {
  const names = [
    `s3-${ports.s3}`,
    `s3-grpc-${ports.s3Grpc}`,
    `filer-${ports.filer}`,
    `filer-grpc-${ports.filerGrpc}`,
  ];
  names.push(
    `master-grpc-${ports.masterGrpc}`,
    `volume-grpc-${ports.volumeGrpc}`,
    `admin-grpc-${ports.adminGrpc}`,
  );
  return names.map((name) => `/tmp/seaweedfs-${name}.sock`);
}

/**
 * Removes state of earlier masters. It lies in `m<port>` and holds only facts that the volumes report again. With new
 * ports at each start the old folders would pile up.
 */
async function forgetEarlierMasters(folder: string): Promise<void> {
  const earlier = (await readdir(folder)).filter((name) => /^m\d+$/.test(name));
  await Promise.all(earlier.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
