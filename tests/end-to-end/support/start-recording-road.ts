import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** One call to the store, and its answer. */
export interface StoreCall {
  readonly method: string;
  /** Decoded; empty for a call about the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly status: number;
  /** Keys of a call that names its objects in the body. */
  readonly keysInBody: readonly string[];
}

/** A proxy to the store that records every call. */
export interface RecordingRoad {
  readonly origin: string;
  readonly calls: readonly StoreCall[];
  close(): Promise<void>;
}

/** Forwards calls unchanged to a store on this machine, signatures included. */
export async function startRecordingRoad(target: string): Promise<RecordingRoad> {
  const calls: StoreCall[] = [];
  const server = createServer((incoming, answer) => {
    void pass(incoming, answer, { target, calls });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

interface Road {
  readonly target: string;
  readonly calls: StoreCall[];
}

async function pass(
  incoming: IncomingMessage,
  answer: ServerResponse,
  { target, calls }: Road,
): Promise<void> {
  const { method = '', url = '', headers } = incoming;
  const { pathname, searchParams } = new URL(url, target);
  const [, ...parts] = pathname.slice(1).split('/');
  const isDelete = method === 'POST' && searchParams.has('delete');
  const body = isDelete ? await buffer(incoming) : undefined;
  const outgoing = request(`${target}${url}`, { method, headers });
  outgoing.on('error', () => answer.destroy());
  outgoing.on('response', (response) => {
    const status = response.statusCode ?? 0;
    const keysInBody = [...(body?.toString().matchAll(/<Key>([^<]*)<\/Key>/g) ?? [])].map(
      ([, key = '']) => key,
    );
    const key = decodeURIComponent(parts.join('/'));
    calls.push({ method, key, query: searchParams, headers, status, keysInBody });
    answer.writeHead(status, response.headers);
    response.pipe(answer);
  });
  if (body) outgoing.end(body);
  else incoming.pipe(outgoing);
}
