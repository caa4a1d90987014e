import { BlockList, isIP } from 'node:net';

/**
 * IPv4 ranges that are not the public Internet: this network, private, shared, loopback, link-local (with the clouds'
 * metadata servers), protocol assignments, documentation, benchmarking, multicast, reserved.
 * Source: IANA IPv4 Special-Purpose Address Registry, read 2026-11.
 */
const privateIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** The whole public IPv6 Internet. Source: IANA IPv6 Global Unicast Address Assignments, read 2026-11. */
const publicIpv6 = blockListOf(['2000::/3']);

/**
 * Non-public ranges within it: protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4 address
 * through relays that no longer exist.
 * Source: IANA IPv6 Special-Purpose Address Registry, read 2026-11.
 */
const privateIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/**
 * Addresses by which networks without IPv4 reach IPv4: the last 32 bits are the target. The range for private use,
 * `64:ff9b:1::/48`, has network-specific targets and stays private. Source: RFC 6052, RFC 8215.
 */
const nat64 = blockListOf(['64:ff9b::/96']);
/** IPv4 addresses written as IPv6. */
const mapped = blockListOf(['::ffff:0:0/96']);

const privateRanges = blockListOf([...privateIpv4, ...privateIpv6]);
const linkLocalRanges = blockListOf(['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::/32']);

/** True for an IP address outside the public Internet, and for text that is not an IP address. */
export function isPrivateAddress(address: string): boolean {
  const reached = leadsTo(address);
  if (isIP(reached) === 6 && !publicIpv6.check(reached, 'ipv6')) return true;
  return isIn(privateRanges, reached);
}

/** The range for network benchmarks. Proxies that catch all traffic of a machine answer every name from it. */
const fakeRange = blockListOf(['198.18.0.0/15']);

/** True for an address with which such a proxy answers a name. */
export function isFakeAddress(address: string): boolean {
  return isIn(fakeRange, address);
}

/** True for link-local addresses, where the clouds' metadata servers hand out credentials. */
export function isLinkLocalAddress(address: string): boolean {
  return isIn(linkLocalRanges, leadsTo(address));
}

function isIn(ranges: BlockList, address: string): boolean {
  const family = isIP(address);
  return family === 0 || ranges.check(address, family === 6 ? 'ipv6' : 'ipv4');
}

/** The address without its zone; for one that carries an IPv4 address, that address. */
function leadsTo(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  if (isIP(bare) !== 6) return bare;
  return nat64.check(bare, 'ipv6') || mapped.check(bare, 'ipv6') ? lastFourBytes(bare) : bare;
}

function lastFourBytes(address: string): string {
  // The URL parser normalises addresses, without dots: `[::ffff:a00:1]`.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  const [high = 0, low = 0] = groups.map((group) => Number.parseInt(group === '' ? '0' : group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
