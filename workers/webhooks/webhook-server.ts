import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { webhookPath } from '../../activities/webhooks/webhook-address.ts';
import { receiveWebhook, type WebhookReceiver } from './receive-webhook.ts';

/** A listening endpoint. */
export interface WebhookServer {
  readonly port: number;
  /** Takes no more requests, lets answers go out, and closes every connection. */
  close(): Promise<void>;
}

/** How long a request may take to arrive, in milliseconds, and the most connections: hosts send few and small ones. */
const requestTimeoutMs = 10_000;
const mostConnections = 500;

/** Listens for the webhooks of one host. @throws the system's error when the port is taken */
export async function startWebhookServer(
  receiver: WebhookReceiver,
  at: { readonly ip: string; readonly port: number },
): Promise<WebhookServer> {
  const server = createServer({
    requestTimeout: requestTimeoutMs,
    headersTimeout: requestTimeoutMs,
    connectionsCheckingInterval: 1_000,
  });
  server.maxConnections = mostConnections;
  server.on('request', (request, response) => {
    void answer(request, receiver).then((status) => {
      // Otherwise the unread rest would be read as the next request.
      if (!request.complete) response.setHeader('connection', 'close');
      if (status === 405) response.setHeader('allow', request.url === healthPath ? 'GET, HEAD' : 'POST');
      response.writeHead(status).end();
    });
  });
  server.listen(at.port, at.ip);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => close(server) };
}

const healthPath = '/healthz';

/** @returns the status, which is all that the caller learns */
async function answer(request: IncomingMessage, receiver: WebhookReceiver): Promise<number> {
  const { method = '', url = '' } = request;
  if (!URL.canParse(url, 'http://endpoint')) return 404;
  const { pathname, searchParams } = new URL(url, 'http://endpoint');
  if (pathname === healthPath) return method === 'GET' || method === 'HEAD' ? 200 : 405;
  if (pathname !== webhookPath(receiver.host)) return 404;
  if (method !== 'POST') return 405;
  try {
    return await receiveWebhook(request, searchParams, receiver);
  } catch {
    receiver.logRefusal(
      'it could not be checked: the host did not tell its secret, or the request broke off',
    );
    return 503;
  }
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, 2_000);
  await closed;
  clearTimeout(late);
}
