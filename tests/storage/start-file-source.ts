import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The answer to one request for a file; absent fields mean proper behaviour. */
export interface FileAnswer {
  readonly bytes: Buffer;
  /** Default: a strong one made from the content's length and first bytes. `null`: none. */
  readonly etag?: string | null;
  readonly contentType?: string | null;
  /** Default true. False: ranges are ignored, as by many servers. */
  readonly ranges?: boolean;
  /** `announced` (default), `chunked`, or `closed`: ended by closing the connection. */
  readonly length?: 'announced' | 'chunked' | 'closed';
  /** Bytes of the answer's body after which the connection is cut. */
  readonly dropAfter?: number;
  /** Bytes of the answer's body after which the connection stays open and silent. */
  readonly stallAfter?: number;
  /** Bytes after which a `closed` or `chunked` body ends as if it were complete. */
  readonly endAfter?: number;
  /** The time between single bytes, in milliseconds. */
  readonly trickleMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Any other status; the bytes are its body. */
  readonly status?: number;
  /** Ignores `If-Match`. */
  readonly ignoresIfMatch?: boolean;
}

/** A request as it arrived. */
export interface SourceHit {
  readonly path: string;
  /** 0-based among the requests for this path. */
  readonly index: number;
  readonly range: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** A real HTTP server that serves files and misbehaves on request. */
export interface FileSource {
  readonly origin: string;
  readonly hits: readonly SourceHit[];
  /** Serves a path and returns its address. */
  serve(path: string, answer: FileAnswer | ((hit: SourceHit) => FileAnswer)): string;
  stop(): Promise<void>;
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startFileSource(): Promise<FileSource> {
  const files = new Map<string, (hit: SourceHit) => FileAnswer>();
  const hits: SourceHit[] = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://source').pathname;
    const index = hits.filter((hit) => hit.path === path).length;
    const hit = { path, index, range: request.headers.range, headers: request.headers };
    hits.push(hit);
    const answer = files.get(path)?.(hit) ?? { bytes: Buffer.from('not here'), status: 404 };
    respond(request, response, answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    hits,
    serve(path, answer) {
      files.set(path, typeof answer === 'function' ? answer : () => answer);
      return `${origin}${path}?signature=secret`;
    },
    async stop() {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

function respond(request: IncomingMessage, response: ServerResponse, answer: FileAnswer): void {
  const { bytes, contentType = 'video/mp4', length = 'announced' } = answer;
  const etag =
    answer.etag === undefined ? `"${bytes.byteLength}-${bytes.toString('hex', 100, 108)}"` : answer.etag;
  if (contentType !== null) response.setHeader('content-type', contentType);
  if (etag !== null) response.setHeader('etag', etag);
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const ifMatch = request.headers['if-match'];
  if (answer.status !== undefined) {
    response.writeHead(answer.status).end(bytes);
    return;
  }
  if (ifMatch !== undefined && ifMatch !== etag && answer.ignoresIfMatch !== true) {
    response.writeHead(412).end();
    return;
  }
  const range = answer.ranges === false ? undefined : parseRange(request.headers.range, bytes.byteLength);
  const body = range === undefined ? bytes : bytes.subarray(range.start, range.end + 1);
  if (range !== undefined && !response.hasHeader('content-range')) {
    response.setHeader('content-range', `bytes ${range.start}-${range.end}/${bytes.byteLength}`);
  }
  if (length === 'announced' && !response.hasHeader('content-length')) {
    response.setHeader('content-length', body.byteLength);
  }
  if (length === 'closed') response.useChunkedEncodingByDefault = false;
  response.writeHead(range === undefined ? 200 : 206);
  void send(response, body, answer);
}

async function send(response: ServerResponse, body: Buffer, answer: FileAnswer): Promise<void> {
  const { dropAfter, stallAfter, endAfter, trickleMs } = answer;
  response.flushHeaders();
  if (trickleMs !== undefined) {
    trickle(response, body, trickleMs);
    return;
  }
  const limit = Math.min(
    dropAfter ?? Infinity,
    stallAfter ?? Infinity,
    endAfter ?? Infinity,
    body.byteLength,
  );
  await write(response, body.subarray(0, limit));
  if (dropAfter !== undefined && limit === dropAfter) response.destroy();
  else if (stallAfter === undefined || limit !== stallAfter) response.end();
}

async function write(response: ServerResponse, body: Buffer): Promise<void> {
  const chunkBytes = 64 * 1024;
  for (let start = 0; start < body.byteLength && !response.destroyed; start += chunkBytes) {
    await new Promise<void>((done) => {
      response.once('close', done);
      response.write(body.subarray(start, start + chunkBytes), () => {
        response.off('close', done);
        done();
      });
    });
  }
}

function trickle(response: ServerResponse, body: Buffer, everyMs: number): void {
  let offset = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(offset, (offset += 1)));
  }, everyMs);
  response.once('close', () => {
    clearInterval(timer);
  });
}

function parseRange(text: string | undefined, sizeBytes: number): { start: number; end: number } | undefined {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(text ?? '') ?? [];
  if (start === undefined || end === undefined || sizeBytes === 0) return undefined;
  return { start: Number(start), end: Math.min(Number(end), sizeBytes - 1) };
}
