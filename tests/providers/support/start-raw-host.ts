import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** Answers one request, or leaves it unanswered. */
export type RawAnswer = (request: RawRequest, response: ServerResponse) => void;

/** A server that can give any answer, malformed ones included. */
export interface RawHost {
  readonly origin: string;
  /** Requests in the order of their arrival. */
  readonly requests: readonly RawRequest[];
  /** Forgets earlier requests, and answers like this from now on. */
  answer(how: RawAnswer): void;
  stop(): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startRawHost(): Promise<RawHost> {
  const requests: RawRequest[] = [];
  let how: RawAnswer = (_request, response) => response.writeHead(404).end();
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.once('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(parts) };
      requests.push(request);
      how(request, response);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (next) => {
      requests.length = 0;
      how = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Record<string, string> = {}): RawAnswer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** An answer with any text. */
export function text(status: number, body: string, contentType = 'text/html'): RawAnswer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': contentType }).end(body);
  };
}
