import type { IncomingMessage, ServerResponse } from 'node:http';

import type { HostMedia } from './host-media.ts';

/** One call that a kind may answer wrongly. */
export interface HostileCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Of the hostile host, without a slash at the end. */
  readonly origin: string;
  readonly media: HostMedia;
  /** How many calls of this operation the kind has had, this one included. */
  readonly nth: number;
  /** What the host would say. Of an order: asking for it takes the order. */
  readonly right: () => Record<string, unknown>;
  /** Sends that, or the file. */
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

/** Writes an answer as it stands on the connection, headers included, and ends the connection. */
export function sendRaw({ request }: Pick<HostileCall, 'request'>, text: string): void {
  request.socket.end(text, 'latin1');
}

/** Sends a body that never ends: as fast as it is read, or with a pause after each chunk. */
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
