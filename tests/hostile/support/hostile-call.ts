import type { IncomingMessage, ServerResponse } from 'node:http';

import type { HostMedia } from './host-media.ts';

/** One call that a kind may answer wrongly. */
export interface HostileCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Origin of the hostile host, without a slash at the end. */
  readonly origin: string;
  readonly media: HostMedia;
  /** The number of this call among the kind's calls of this operation, from 1. */
  readonly nth: number;
  /** Returns the right answer. For an order, calling it takes the order. */
  readonly right: () => Record<string, unknown>;
  /** Sends the right answer, or the file. */
  readonly answerRightly: () => void;
}

/** Sends a value as JSON. */
export function sendJson({ response }: Pick<HostileCall, 'response'>, value: unknown, status = 200): void {
  sendText({ response }, JSON.stringify(value), { status });
}

/** Sends text, as JSON unless another type is given. */
export function sendText(
  { response }: Pick<HostileCall, 'response'>,
  body: string | Buffer,
  {
    status = 200,
    headers = {},
  }: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> } = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(body);
}

/** Writes raw text as the answer, headers included, and ends the connection. */
export function sendRaw({ request }: Pick<HostileCall, 'request'>, text: string): void {
  request.socket.end(text, 'latin1');
}

/** Sends an endless body: as fast as it is read, or with a pause after each chunk. */
export function sendForever({ response }: Pick<HostileCall, 'response'>, chunk: Buffer, pauseMs = 0): void {
  const next = () => {
    if (response.destroyed) return;
    const hasRoom = response.write(chunk);
    if (pauseMs > 0) setTimeout(next, pauseMs);
    else if (hasRoom) setImmediate(next);
    else response.once('drain', next);
  };
  next();
}
