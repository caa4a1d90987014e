import { request as requestPlain } from 'node:http';
import { Agent as HttpsAgent, request as requestSecure, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { failureTypes } from '../domain/failure-types.ts';

/** The outbound proxy for `https:` addresses. `http:` addresses are our own servers and bypass it. */
export interface Proxy {
  readonly url: URL;
  /** In the form of `NO_PROXY`, including the names of this machine. */
  readonly noProxy: string;
  /** Whether an address is reached through the proxy. */
  isUsed(address: URL): boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

const ownNames = 'localhost,127.0.0.1,[::1]';

/**
 * Reads `HTTPS_PROXY` and `NO_PROXY`, in upper or lower case.
 *
 * @returns undefined without a proxy
 * @throws BeatreelFailure InvalidRequest for anything but an http or https address
 */
export function readProxy(env: Environment = process.env): Proxy | undefined {
  const text = env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '';
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    // The value may hold a password.
    const problem = 'HTTPS_PROXY is not the address of a proxy: http://host:port, or https://host:port.';
    throw new BeatreelFailure(failureTypes.invalidRequest, problem);
  }
  const noProxy = [env['no_proxy'] ?? env['NO_PROXY'] ?? '', ownNames].join(',');
  return {
    url,
    noProxy,
    isUsed: (address) => address.protocol === 'https:' && !isExcepted(address, noProxy),
  };
}

/** `example.com` and `.example.com` include the names below; `host:port` means only that port. The rules of undici. */
function isExcepted({ hostname, port }: URL, noProxy: string): boolean {
  return noProxy.split(/[,\s]+/).some((entry) => {
    if (entry === '*') return true;
    const [, name = entry, onlyPort] = /^(.+):(\d+)$/.exec(entry) ?? [];
    const wanted = name.replace(/^\*?\./, '').toLowerCase();
    if (wanted === '' || (onlyPort !== undefined && onlyPort !== (port === '' ? '443' : port))) return false;
    return hostname === wanted || hostname.endsWith(`.${wanted}`);
  });
}

/** Creates undici connections, through the proxy where there is one. */
export function openDispatcher(options: Agent.Options, proxy = readProxy()): Dispatcher {
  if (!proxy) return new Agent(options);
  // Empty, because `HTTP_PROXY` must not apply to our own servers.
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: '',
    httpsProxy: proxy.url.href,
    noProxy: proxy.noProxy,
  });
}

/** Creates `node:https` connections for the S3 SDK, through the proxy where there is one. */
export function openHttpsAgent(options: AgentOptions, proxy = readProxy()): HttpsAgent {
  return proxy ? new TunnelAgent(options, proxy) : new HttpsAgent(options);
}

type Connected = (error: Error | null, stream: Duplex) => void;

const connectTimeoutMs = 10_000;

class TunnelAgent extends HttpsAgent {
  readonly #proxy: Proxy;

  constructor(options: AgentOptions, proxy: Proxy) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(
    options: Parameters<HttpsAgent['createConnection']>[0],
    connected?: Connected,
  ): Duplex | null | undefined {
    const { host, port } = options as {
      readonly host?: string | null;
      readonly port?: number | string | null;
    };
    const name = host?.includes(':') === true ? `[${host}]` : (host ?? '');
    const target = `${name}:${port ?? 443}`;
    if (!this.#proxy.isUsed(new URL(`https://${target}`))) return super.createConnection(options, connected);
    this.#askForTunnel(target, (error, socket) => {
      // On failure Node passes no stream, which its types omit.
      if (!socket) (connected as ((error: Error | null) => void) | undefined)?.(error);
      else
        connected?.(null, connectTls({ servername: host ?? '', ...(options as ConnectionOptions), socket }));
    });
    return undefined;
  }

  #askForTunnel(target: string, answer: (error: Error | null, socket?: Duplex) => void): void {
    const { url } = this.#proxy;
    const request = url.protocol === 'https:' ? requestSecure : requestPlain;
    const asked = request(url, {
      method: 'CONNECT',
      path: target,
      headers: { host: target, ...credentialsOf(url) },
      agent: false,
      timeout: connectTimeoutMs,
    });
    asked.once('connect', ({ statusCode = 0 }, socket) => {
      if (statusCode === 200) answer(null, socket);
      else {
        socket.destroy();
        answer(proxyError(url, `answered ${statusCode} to the tunnel to ${target}`));
      }
    });
    asked.once('timeout', () => asked.destroy(proxyError(url, `did not open a tunnel to ${target} in time`)));
    asked.once('error', (error) => {
      answer(error);
    });
    asked.end();
  }
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const words = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(words).toString('base64')}` };
}

/** An error before anything was sent, so the SDK may retry. */
function proxyError({ host }: URL, what: string): Error {
  return Object.assign(new Error(`The proxy ${host} ${what}.`), { code: 'ECONNREFUSED' });
}
