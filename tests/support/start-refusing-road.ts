import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call to the store. */
export interface StoreCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
}

/** A proxy to the S3 server that can refuse calls. */
export interface RefusingRoad {
  readonly origin: string;
  /** Answers 403 from now on to every call for which `isRefused` is true. */
  refuse(isRefused: (call: StoreCall) => boolean): void;
  /** The number of refused calls so far. */
  refused(): number;
  stop(): Promise<void>;
}

const accessDenied = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>No.</Message></Error>';

/** Forwards requests to an origin on this machine. Host stays as the client signed it. */
export async function startRefusingRoad(origin: string): Promise<RefusingRoad> {
  let isRefused: (call: StoreCall) => boolean = () => false;
  let refused = 0;
  const { hostname, port } = new URL(origin);
  const server = createServer((near, answer) => {
    const { method = 'GET', url: path = '/', headers } = near;
    const { pathname, searchParams: query } = new URL(path, origin);
    if (isRefused({ method, path: decodeURIComponent(pathname), query })) {
      refused += 1;
      near.resume();
      answer.writeHead(403, { 'content-type': 'application/xml' }).end(accessDenied);
      return;
    }
    const far = httpRequest({ hostname, port, method, path, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    far.once('error', () => near.socket.destroy());
    near.pipe(far);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refuse: (rule) => {
      isRefused = rule;
    },
    refused: () => refused,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
