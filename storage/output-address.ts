import { isIP } from 'node:net';
import { failureTypes } from '../domain/failure-types.ts';
import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { isLinkLocalAddress, isPrivateAddress } from './private-addresses.ts';

/**
 * The reach of a permitted address: `public` only to the public Internet; `trusted` also to private and loopback
 * addresses, because the operator named that very origin.
 */
export type AddressReach = 'public' | 'trusted';

/** Decides, before any connection, whether an address may be read. Asked again for every redirect. */
export interface AddressPolicy {
  /** @throws BeatreelFailure `InvalidRequest` that names the host and the rule, never the path or the query */
  admit(address: URL): AddressReach;
  /** Whether it permits `data:` addresses, which contain the file itself. Default: false. */
  readonly admitsData?: boolean;
}

/** A permitted source of outputs: a host or a whole origin. */
export type AllowedAddress =
  | {
      readonly kind: 'host';
      readonly host: string;
      readonly includesSubdomainsOnly: boolean;
      readonly port: string;
    }
  | { readonly kind: 'origin'; readonly origin: string };

const hostEntry = /^(?<wildcard>\*\.)?(?<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(?<port>\d{1,5}))?$/;

/**
 * Reads an allow-list: entries separated by spaces or commas.
 * `cdn.example.com` allows that host over https; `*.example.com` every host below it, but not itself; `host:8443`
 * another port; `http://127.0.0.1:1234` exactly that origin, also over http and on a private address.
 *
 * @throws BeatreelFailure `InvalidRequest` that names the entry and the rule
 */
export function parseAllowList(text: string): AllowedAddress[] {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '');
  return entries.map((entry) =>
    entry.includes('://') ? parseOrigin(entry) : parseHost(entry.toLowerCase()),
  );
}

/**
 * Allows only https, only the hosts of the list, and a private address only if its very origin is in the list; also
 * data addresses, which come from the host itself and lead nowhere.
 */
export function allowListPolicy(entries: readonly AllowedAddress[]): AddressPolicy {
  return {
    admitsData: true,
    admit(address) {
      refusePassword(address);
      if (entries.some((entry) => entry.kind === 'origin' && entry.origin === address.origin))
        return 'trusted';
      refuseHttp(address);
      refusePrivateLiteral(address);
      if (entries.some((entry) => entry.kind === 'host' && matchesHost(entry, address))) return 'public';
      throw refusal(
        address,
        'the host is not in the list of output hosts; where it is one of the model host, add it by ' +
          `OUTPUT_HOSTS="+${address.host}" and restart the workers`,
      );
    },
  };
}

/** Allows any https host on the public Internet: for pictures whose address a caller gives. */
export const publicAddressPolicy: AddressPolicy = {
  admit(address) {
    refusePassword(address);
    refuseHttp(address);
    refusePrivateLiteral(address);
    return 'public';
  },
};

/** The failure for a forbidden address. Names only host and rule: the rest may open the file. */
export function refusal(address: URL, rule: string): BeatreelFailure {
  return new BeatreelFailure(failureTypes.invalidRequest, `Refused to read from ${address.host}: ${rule}.`);
}

function parseOrigin(entry: string): AllowedAddress {
  const url = URL.canParse(entry) ? new URL(entry) : undefined;
  const isOrigin =
    url !== undefined && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
  if (!isOrigin || url.username !== '' || url.password !== '' || url.hostname.includes('*')) {
    throw badEntry(entry, 'an entry with a scheme must be one origin, such as http://127.0.0.1:1234');
  }
  if (isIP(bareHost(url)) !== 0 && isLinkLocalAddress(bareHost(url))) {
    throw badEntry(entry, 'link-local addresses hold metadata servers and are never allowed');
  }
  return { kind: 'origin', origin: url.origin };
}

function parseHost(entry: string): AllowedAddress {
  const groups = hostEntry.exec(entry)?.groups;
  const port = Number(groups?.['port'] ?? 443);
  if (groups?.['host'] === undefined || port < 1 || port > 65_535) {
    throw badEntry(
      entry,
      'an entry is a host such as cdn.example.com or *.example.com, with or without a port',
    );
  }
  const includesSubdomainsOnly = groups['wildcard'] !== undefined;
  return {
    kind: 'host',
    host: groups['host'],
    includesSubdomainsOnly,
    port: port === 443 ? '' : String(port),
  };
}

function matchesHost(entry: Extract<AllowedAddress, { kind: 'host' }>, address: URL): boolean {
  if (entry.port !== address.port) return false;
  if (entry.includesSubdomainsOnly) return address.hostname.endsWith(`.${entry.host}`);
  return address.hostname === entry.host;
}

function refusePassword(address: URL): void {
  if (address.username !== '' || address.password !== '')
    throw refusal(address, 'the address carries a password');
}

function refuseHttp(address: URL): void {
  if (address.protocol !== 'https:') throw refusal(address, `only https is read, not ${address.protocol}`);
}

function refusePrivateLiteral(address: URL): void {
  // The URL parser has already turned decimal, hexadecimal, octal and short forms into four numbers.
  const host = bareHost(address);
  if (isIP(host) !== 0 && isPrivateAddress(host))
    throw refusal(address, 'the address is not on the public Internet');
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function badEntry(entry: string, rule: string): BeatreelFailure {
  const shown = entry.includes('@') ? 'with a password' : `"${entry}"`;
  return new BeatreelFailure(
    failureTypes.invalidRequest,
    `The output host entry ${shown} is wrong: ${rule}.`,
  );
}
