import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { redact } from '../../activities/runtime/secrets.ts';
import type { ListenAddress } from '../configuration/read-listen-address.ts';

/** Checks one thing that a process needs. @returns the fault, undefined without one */
export type ReadinessCheck = () => Promise<string | undefined>;

/** A server that answers `/healthz` and `/readyz`. */
export interface HealthServer {
  close(): Promise<void>;
}

/** The time-out of a check, in milliseconds; a slower one counts as no answer. */
const checkForMs = 5_000;

/**
 * Answers an operator's probes.
 *
 * - `GET /healthz` answers 200 while the process lives. It checks nothing else: a restart would not bring Temporal
 * back.
 * - `GET /readyz` answers 200, or 503 while something is wrong, and in either case names its checks.
 *
 * @param checks by name
 * @throws the system's error when the port is taken
 */
export async function startHealthServer(
  { ip, port }: ListenAddress,
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<HealthServer> {
  const server = createServer((request, response) => {
    void answer(request, response, checks);
  });
  server.listen(port, ip);
  await once(server, 'listening');
  // The server must not keep a process alive that has ended its work.
  server.unref();
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  { method = '', url = '' }: IncomingMessage,
  response: ServerResponse,
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<void> {
  const [path = ''] = url.split('?');
  const [status, body] = await judge(method, path, checks);
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}

async function judge(
  method: string,
  path: string,
  checks: Readonly<Record<string, ReadinessCheck>>,
): Promise<readonly [status: number, body: unknown]> {
  if (path !== '/healthz' && path !== '/readyz') return [404, { error: 'not found' }];
  if (method !== 'GET' && method !== 'HEAD') return [405, { error: 'use GET' }];
  if (path === '/healthz') return [200, { alive: true }];
  const looked = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await look(check)] as const),
  );
  const isReady = looked.every(([, problem]) => problem === undefined);
  const shown = looked.map(([name, problem]) => [name, problem ?? 'ok'] as const);
  return [isReady ? 200 : 503, { ready: isReady, checks: Object.fromEntries(shown) }];
}

async function look(check: ReadinessCheck): Promise<string | undefined> {
  const over = new AbortController();
  const late = sleep(checkForMs, `no answer within ${checkForMs / 1000} s`, { signal: over.signal });
  // The `finally` below aborts it once the check has answered.
  late.catch(() => undefined);
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return redact(error instanceof Error ? error.message : String(error));
  } finally {
    over.abort();
  }
}
