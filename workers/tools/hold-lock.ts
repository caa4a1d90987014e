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
 * Takes the lock named by a path, or returns `undefined` when a living process of this machine holds it. The path
 * need not exist.
 *
 * The lock is a listening Unix socket, because the kernel closes it with its process, while a process id in a file
 * may have passed to another process.
 */
export async function holdLock(path: string): Promise<HeldLock | undefined> {
  const socket = socketName(path);
  let server = await listen(socket);
  if (server === undefined && !(await answers(socket))) {
    if (!socket.startsWith('\0')) await rm(socket, { force: true });
    server = await listen(socket);
  }
  return server === undefined ? undefined : { release: () => close(server) };
}

/**
 * On Linux a name without a file, which vanishes with its process. Elsewhere a file in the temporary folder, since
 * socket paths may have 103 characters only; a killed process leaves it behind for the next holder to remove.
 */
function socketName(path: string): string {
  const name = `beatreel-lock-${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16)}`;
  return process.platform === 'linux' ? `\0${name}` : join(tmpdir(), `${name}.sock`);
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
