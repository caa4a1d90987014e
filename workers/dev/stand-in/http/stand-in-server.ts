import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ZodError, prettifyError } from 'zod';
import { ApiProblem, notFound } from './api-problem.ts';
import { type Exchange, sendJson } from './exchange.ts';

/** One address the server answers. A `:name` in the path is handed to the handler; it stands for one segment. */
export interface Route {
  readonly method: string;
  readonly path: string;
  handle(exchange: Exchange): Promise<void> | void;
}

/** The options of the server. */
export interface ServerOptions {
  readonly routes: readonly Route[];
  /** Throws ApiProblem for a request that may not go on. */
  readonly authorize: (exchange: Exchange) => void;
  readonly onAnswer: (status: number) => void;
}

/** A plain HTTP server on this machine only. */
export class StandInServer {
  readonly #server: Server;
  readonly #options: ServerOptions;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#server = createServer((request, response) => {
      response.once('finish', () => {
        options.onAnswer(response.statusCode);
      });
      void this.#answer(request, response);
    });
  }

  /**
   * Starts to listen.
   *
   * @returns the port
   * @throws the system's error, `EADDRINUSE` above all
   */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return (this.#server.address() as AddressInfo).port;
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const exchange = { request, response, url, params: {} };
    try {
      this.#options.authorize(exchange);
      const found = findRoute(this.#options.routes, request.method ?? 'GET', url.pathname);
      if (found === undefined) throw notFound('resource');
      await found.route.handle({ ...exchange, params: found.params });
    } catch (error) {
      answerError(exchange, error);
    }
  }
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { route: Route; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = route.method === method ? matchPath(route.path, path) : undefined;
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split('/'), path.split('/')];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const actual = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = actual;
    else if (segment !== actual) return undefined;
  }
  return params;
}

function answerError(exchange: Exchange, error: unknown): void {
  const { response } = exchange;
  if (response.destroyed || response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof ApiProblem) {
    sendJson(exchange, error.toBody(), { status: error.status, headers: error.headers });
    return;
  }
  const detail = error instanceof ZodError ? prettifyError(error) : String(error);
  const status = error instanceof ZodError ? 422 : 500;
  sendJson(
    exchange,
    { title: status === 422 ? 'Invalid request' : 'Stand-in failed', detail, status },
    { status },
  );
}
