import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A write of a ledger entry on its way to the store. */
export interface WatchedWrite {
  readonly state: string;
  readonly phase: string;
}

/** Callbacks for every write of a ledger entry; their promises are awaited. */
export interface RoadWatcher {
  /** Called before the write is forwarded. */
  before?(write: WatchedWrite): Promise<void> | undefined;
  /** Called after the store's write, before its answer is passed on. */
  after?(write: WatchedWrite): Promise<void> | undefined;
}

/** A proxy to the S3 server that reports writes of ledger entries. */
export interface WatchedRoad {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Forwards requests to an origin on this machine. Host stays as the client signed it. */
export async function startWatchedRoad(origin: string, watcher: RoadWatcher): Promise<WatchedRoad> {
  const { hostname, port } = new URL(origin);
  const server = createServer((near, answer) => {
    const forward = async () => {
      const body = await buffer(near);
      const write = readWrite(near, body);
      if (write) await watcher.before?.(write);
      const { method, url: path, headers } = near;
      const far = httpRequest({ hostname, port, method, path, headers });
      far.end(body);
      const [response] = (await once(far, 'response')) as [IncomingMessage];
      const answered = await buffer(response);
      if (write && response.statusCode === 200) await watcher.after?.(write);
      answer.writeHead(response.statusCode ?? 502, response.headers);
      answer.end(answered);
    };
    forward().catch(() => near.socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

function readWrite({ method, url = '' }: IncomingMessage, body: Buffer): WatchedWrite | undefined {
  if (method !== 'PUT' || !url.includes('/ledger/')) return undefined;
  return JSON.parse(body.toString()) as WatchedWrite;
}
