import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectS3, type S3Connection } from '../../storage/create-s3-client.ts';
import { putBytes } from '../../storage/object-upload.ts';
import { readS3Settings } from '../../storage/s3-settings.ts';

/** A real S3 server with one bucket. */
export interface TestObjectStore {
  readonly s3: S3Connection;
  stop(): Promise<void>;
}

const bucket = 'beatreel-test';
const portOptions = [
  's3.port',
  's3.port.grpc',
  'master.port',
  'master.port.grpc',
  'volume.port',
  'volume.port.grpc',
  'filer.port',
  'filer.port.grpc',
  'admin.port',
  'admin.port.grpc',
];

/** Uses the store the environment names (`S3_ENDPOINT`), or starts SeaweedFS and stops it again. */
export async function startObjectStore(): Promise<TestObjectStore> {
  if (process.env['S3_ENDPOINT'] !== undefined) {
    const s3 = connectS3(readS3Settings(process.env));
    return {
      s3,
      stop: () => {
        s3.client.destroy();
        return Promise.resolve();
      },
    };
  }
  process.env['AWS_ACCESS_KEY_ID'] ??= 'beatreel-test';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'beatreel-test-secret';
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-weed-'));
  const ports = await freePorts(portOptions.length);
  const server = spawn(weedBinary(), weedArguments(folder, ports), {
    env: { ...process.env, S3_BUCKET: bucket },
    stdio: 'ignore',
  });
  const s3 = connectS3(
    readS3Settings({ S3_ENDPOINT: `http://127.0.0.1:${ports[0] ?? 0}`, S3_BUCKET: bucket }),
  );
  const stop = async () => {
    s3.client.destroy();
    if (server.exitCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
    await removeSockets(ports);
  };
  // A test file that dies must not leave its server behind.
  process.once('exit', () => server.kill('SIGKILL'));
  try {
    await untilReady(server, s3);
  } catch (error) {
    await stop();
    throw error;
  }
  return { s3, stop };
}

/** Removes sockets that SeaweedFS always puts into /tmp and leaves there when it is killed. */
async function removeSockets(ports: readonly number[]): Promise<void> {
  const names = portOptions.flatMap((option, index) => {
    const [role = '', ...kind] = option.split('.');
    return kind.includes('grpc') ? [`seaweedfs-${role}-grpc-${ports[index] ?? 0}.sock`] : [];
  });
  await Promise.all(names.map((name) => rm(join('/tmp', name), { force: true })));
}

function weedBinary(): string {
  return process.env['WEED'] ?? resolve('.beatreel/tools/bin/weed');
}

function weedArguments(folder: string, ports: readonly number[]): string[] {
  return [
    'mini',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    '-master.telemetry=false',
    '-admin.ui=false',
    '-webdav=false',
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    `-s3.localSocket=${join(folder, 's3.sock')}`,
    `-filer.localSocket=${join(folder, 'filer.sock')}`,
    ...portOptions.map((option, index) => `-${option}=${ports[index] ?? 0}`),
  ];
}

async function untilReady(server: ChildProcess, s3: S3Connection): Promise<void> {
  const deadline = Date.now() + 30_000;
  const key = 'ready-probe';
  for (;;) {
    if (server.exitCode !== null)
      throw new Error(`weed mini ended with code ${server.exitCode} before it was ready.`);
    try {
      await putBytes(s3, { key, bytes: Buffer.from('ready'), contentType: 'text/plain' });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(50);
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
