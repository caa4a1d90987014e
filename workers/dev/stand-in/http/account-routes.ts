import { sendJson } from './exchange.ts';
import type { Route } from './stand-in-server.ts';

/** Routes for the token's account, and for the secret that signs its webhooks. */
export function accountRoutes(signingSecret: string): Route[] {
  return [
    {
      method: 'GET',
      path: '/v1/account',
      handle: (exchange) => {
        sendJson(exchange, { type: 'user', username: 'stand-in', name: 'Stand-in' });
      },
    },
    {
      method: 'GET',
      path: '/v1/webhooks/default/secret',
      handle: (exchange) => {
        sendJson(exchange, { key: signingSecret });
      },
    },
  ];
}
