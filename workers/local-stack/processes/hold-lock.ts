import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A lock held by this process until `release`, or until the process ends in whatever way. */
export interface HeldLock {
  release(): Promise<void>;
}

/**
 * Takes the lock named by a path, or returns `undefined` when a living process of this machine holds it.
 *
 * The lock is a listening Unix socket, because the kernel closes it with its process and a process id in a file may
 * long belong to somebody else. It lies in the temporary folder, since socket paths may have 103 characters only.
 */
export async function holdLock(path: string): Promise<HeldLock | undefined> {
  const name = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16);
  const socket = join(tmpdir(), `beatreel-lock-${name}.sock`);
  let server = await listen(socket);
  if (server === undefined && !(await answers(socket))) {
    await rm(socket, { force: true });
    server = await listen(socket);
  }
  return server === undefined ? undefined : { release: () => close(server) };
}

async function listen(socket: string): Promise<Server | undefined> {
  const server = createServer((visitor) => visitor.destroy());
  server.listen(socket);
  try {
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return undefined;
    throw error;
  }
  return server.unref();
}

async function answers(socket: string): Promise<boolean> {
  const visitor = connect(socket);
  try {
    await once(visitor, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    visitor.destroy();
  }
}

async function close(server: Server): Promise<void> {
  await new Promise((closed) => server.close(closed));
}
