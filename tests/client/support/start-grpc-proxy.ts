import { once } from 'node:events';
import {
  connect,
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';

/** A replacement for the server's answers: a status of gRPC, or of HTTP as a gateway sends it. */
export type ProxyAnswer = { readonly grpc: number; readonly details: string } | { readonly http: number };

/** A gateway between clients and a Temporal server. */
export interface GrpcProxy {
  readonly address: string;
  /** Replaces the server's answer to every call; undefined: the server answers. */
  answer: ProxyAnswer | undefined;
  /** Paths of the calls that `answer` is for. Default: all. */
  only: RegExp;
  /** Calls that `answer` was given to. */
  readonly answered: number;
  stop(): Promise<void>;
}

/** @param upstream `host:port` of a server without TLS */
export async function startGrpcProxy(upstream: string): Promise<GrpcProxy> {
  const server = createServer();
  const back = connect(`http://${upstream}`);
  const sessions = new Set<ServerHttp2Session>();
  let answered = 0;
  const proxy = {
    address: '',
    answer: undefined as ProxyAnswer | undefined,
    only: /(?:)/,
    get answered() {
      return answered;
    },
    stop: async () => {
      for (const session of sessions) session.destroy();
      back.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('session', (session) => sessions.add(session));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (proxy.answer === undefined || !proxy.only.test(headers[':path'] ?? '')) {
      forward(stream, headers);
      return;
    }
    answered += 1;
    stream.respond(headersOf(proxy.answer), { endStream: true });
  });
  const forward = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const call = back.request(headers);
    call.on('error', () => {
      stream.close(constants.NGHTTP2_CANCEL);
    });
    stream.on('aborted', () => {
      call.close(constants.NGHTTP2_CANCEL);
    });
    stream.pipe(call);
    call.on('response', (answer) => {
      stream.respond(answer, { waitForTrailers: true });
      call.pipe(stream);
    });
    let trailers: IncomingHttpHeaders = {};
    call.on('trailers', (last: IncomingHttpHeaders) => {
      trailers = last;
    });
    stream.on('wantTrailers', () => {
      stream.sendTrailers(trailers);
    });
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(proxy, { address: `127.0.0.1:${(server.address() as AddressInfo).port}` });
}

function headersOf(answer: ProxyAnswer) {
  if ('http' in answer) return { ':status': answer.http, 'content-type': 'text/html' };
  return {
    ':status': 200,
    'content-type': 'application/grpc',
    'grpc-status': String(answer.grpc),
    'grpc-message': encodeURIComponent(answer.details),
  };
}
