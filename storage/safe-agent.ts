import { lookup as systemLookup, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import type { Dispatcher } from 'undici';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import type { AddressReach } from './output-address.ts';
import { openDispatcher, type Proxy, readProxy } from './proxy.ts';
import { isFakeAddress, isLinkLocalAddress, isPrivateAddress } from './private-addresses.ts';

/** Connection pools that refuse names which resolve to private addresses. */
export interface SafeAgent {
  /** The pool for an address that the policy admitted. */
  poolFor(reach: AddressReach): Dispatcher;
  /**
   * Checks the name of an address that a proxy would resolve in our place: refuses a name that leads to a private
   * address here, and one that does not resolve here. Any other address is checked on connection.
   */
  admitName(address: URL, reach: AddressReach): Promise<void>;
  close(): Promise<void>;
}

/** Resolves a name to all its addresses, like `dns.lookup` with `all: true`: a failure passes the error alone. */
export type ResolveName = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: Error | null, addresses?: LookupAddress[]) => void,
) => void;

/** Whether the failure, or its cause, is a name that does not exist according to the DNS. */
export function isUnknownName(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return Reflect.get(error, 'code') === 'ENOTFOUND' || isUnknownName(error.cause);
}

/** Settings for operators and tests. */
export interface SafeAgentOptions {
  /** Default: the system's resolver. */
  readonly resolve?: ResolveName;
  /** Whether names may lead to 198.18.0.0/15, from which a proxy that catches all traffic answers. Default: false. */
  readonly allowsFakeAddresses?: boolean | undefined;
  /** Default: the proxy of the environment. */
  readonly proxy?: Proxy | undefined;
  /** Whether the proxy itself blocks private addresses, so that names are not resolved here. Default: false. */
  readonly trustsProxy?: boolean | undefined;
  /** Default 8. */
  readonly connectionsPerOrigin?: number;
}

const connectTimeoutMs = 10_000;
const headersTimeoutMs = 30_000;
/** Between two chunks, not in total. */
const idleTimeoutMs = 30_000;

/**
 * Creates the pools. Their `lookup` refuses a name when any of its addresses is private, before a connection exists, so
 * a name cannot be re-bound between check and use. IP literals never reach `lookup`: the policy checks them.
 */
export function createSafeAgent(options: SafeAgentOptions = {}): SafeAgent {
  const { resolve = systemLookup, connectionsPerOrigin = 8, allowsFakeAddresses = false } = options;
  const { proxy = readProxy(), trustsProxy = false } = options;
  const isNotPublic = (address: string) =>
    isPrivateAddress(address) && !(allowsFakeAddresses && isFakeAddress(address));
  const pool = (isRefused: (address: string) => boolean) =>
    openDispatcher(
      {
        connections: connectionsPerOrigin,
        pipelining: 1,
        headersTimeout: headersTimeoutMs,
        bodyTimeout: idleTimeoutMs,
        connect: { timeout: connectTimeoutMs, lookup: refusingLookup(resolve, isRefused) },
      },
      proxy,
    );
  const pools = { public: pool(isNotPublic), trusted: pool(isLinkLocalAddress) };
  return {
    poolFor: (reach) => pools[reach],
    admitName: async (address, reach) => {
      const isOurs = proxy?.isUsed(address) !== true || reach === 'trusted' || isIP(address.hostname) !== 0;
      if (isOurs || trustsProxy) return;
      await lookUp(refusingLookup(resolve, isNotPublic), address.hostname).catch((error: unknown) => {
        throw isUnknownName(error) ? unknownBehindProxy(address.hostname, error) : error;
      });
    },
    close: async () => {
      await Promise.all([pools.public.destroy(), pools.trusted.destroy()]);
    },
  };
}

function lookUp(lookup: Lookup, hostname: string): Promise<void> {
  return new Promise((found, refuse) => {
    lookup(hostname, { all: true }, (error) => {
      if (error) refuse(error);
      else found();
    });
  });
}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;
type Lookup = (hostname: string, options: LookupOptions, callback: LookupCallback) => void;

function refusingLookup(resolve: ResolveName, isRefused: (address: string) => boolean): Lookup {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses = []) => {
      const [first] = addresses;
      if (error !== null || first === undefined) callback(unresolved(hostname, error), []);
      else if (addresses.some(({ address }) => isRefused(address)))
        callback(privateName(hostname, addresses), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

/** Refuses a name that only the proxy can resolve: we cannot tell whether it leads inside our network. */
function unknownBehindProxy(hostname: string, cause: unknown): BeatreelFailure {
  const text =
    `Refused to read from ${hostname}: this worker reads it through HTTPS_PROXY and cannot look its name up itself, so nothing ` +
    'keeps it from leading inside your network. Where the proxy refuses private addresses, set BEATREEL_PROXY_DNS=trust.';
  return new BeatreelFailure(failureTypes.invalidRequest, text, { cause });
}

/** Retried, because a resolver gives the same answer when it cannot reach the responsible server. */
function unresolved(hostname: string, cause: Error | null): BeatreelFailure {
  const code: unknown = cause === null ? 'no address' : (Reflect.get(cause, 'code') ?? cause.name);
  const text = `The host name ${hostname} does not resolve (${String(code)}): check its spelling, and the DNS of this worker.`;
  return new BeatreelFailure(failureTypes.providerUnavailable, text, { cause });
}

function privateName(hostname: string, addresses: readonly LookupAddress[]): BeatreelFailure {
  const isFake = addresses.every(({ address }) => isFakeAddress(address));
  const hint = isFake
    ? ' It is in 198.18.0.0/15, by which a proxy may stand for every name: if one on this machine does, set BEATREEL_DNS_198_18=allow.'
    : '';
  const text = `Refused to read from ${hostname}: the name leads to an address that is not on the public Internet.${hint}`;
  return new BeatreelFailure(failureTypes.invalidRequest, text);
}
