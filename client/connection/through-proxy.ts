import type { ConnectionOptions } from '@temporalio/client';

import { type Proxy, readProxy } from '../../storage/proxy.ts';
import { InvalidSettings } from '../errors/invalid-settings.ts';

type Server = Pick<ConnectionOptions, 'address' | 'tls' | 'apiKey' | 'credentials'>;

/** The proxy option of the SDK's workers. */
export interface WorkerProxy {
  readonly type: 'http-connect';
  readonly targetHost: string;
  readonly basicAuth?: { readonly username: string; readonly password: string };
}

/**
 * Sends a client's connection to Temporal through the proxy of `HTTPS_PROXY` and `NO_PROXY`. Connections without TLS
 * bypass it, as everywhere: gRPC alone would read `http_proxy`, in lower case, for these as well.
 *
 * @throws InvalidSettings for a proxy with TLS, which gRPC cannot use
 */
export function throughProxy(options: ConnectionOptions): ConnectionOptions {
  const tunnel = findTunnel(options);
  const { channelArgs } = options;
  if (!tunnel) return { ...options, channelArgs: { 'grpc.enable_http_proxy': 0, ...channelArgs } };
  const { target, targetHost, basicAuth } = tunnel;
  return {
    ...options,
    address: targetHost,
    channelArgs: {
      'grpc.enable_http_proxy': 0,
      'grpc.http_connect_target': `dns:${target}`,
      'grpc.default_authority': target,
      ...(basicAuth && { 'grpc.http_connect_creds': `${basicAuth.username}:${basicAuth.password}` }),
      ...channelArgs,
    },
  };
}

/**
 * The proxy for a worker's connection, by the same rules.
 *
 * @returns an addition to the worker's options
 * @throws InvalidSettings
 */
export function workerProxy(options: Server): { readonly proxy?: WorkerProxy } {
  const tunnel = findTunnel(options);
  if (!tunnel) return {};
  const { targetHost, basicAuth } = tunnel;
  return { proxy: { type: 'http-connect', targetHost, ...(basicAuth && { basicAuth }) } };
}

interface Tunnel extends Omit<WorkerProxy, 'type'> {
  /** `host:port` of Temporal. */
  readonly target: string;
}

const usualPort = 7233;

function findTunnel(server: Server): Tunnel | undefined {
  const { address } = server;
  const proxy = address === undefined || !isSecure(server) ? undefined : readOurProxy();
  if (address === undefined || !proxy) return undefined;
  const target = /:\d+$/.test(address) ? address : `${address}:${usualPort}`;
  if (!proxy.isUsed(new URL(`https://${target}`))) return undefined;
  const { protocol, hostname, port, username, password } = proxy.url;
  if (protocol !== 'http:')
    throw new InvalidSettings(
      `HTTPS_PROXY is an https address, and Temporal at ${target} is reached through http proxies alone: set one, or except it in NO_PROXY.`,
    );
  return {
    target,
    targetHost: `${hostname}:${port === '' ? 80 : port}`,
    ...(username !== '' && {
      basicAuth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
    }),
  };
}

/** Follows the SDK's own rule. */
function isSecure({ tls, apiKey, credentials }: Server): boolean {
  if (tls === false) return false;
  return (tls !== undefined && tls !== null) || apiKey !== undefined || credentials !== undefined;
}

function readOurProxy(): Proxy | undefined {
  try {
    return readProxy();
  } catch (cause) {
    throw new InvalidSettings(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
