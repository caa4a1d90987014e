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

/**
 * IPv6 ranges that are not the public Internet, and those that carry an IPv4 address inside (compatible, NAT64,
 * Teredo, 6to4), which could smuggle a private one. Mapped addresses are checked by the IPv4 rules.
 * Source: IANA IPv6 Special-Purpose Address Registry, read 2026-11.
 */
const privateIpv6 = [
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const privateRanges = blockListOf([...privateIpv4, ...privateIpv6]);
const linkLocalRanges = blockListOf(['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::/32']);

/** True for an IP address that is not on the public Internet, and for text that is no IP address at all. */
export function isPrivateAddress(address: string): boolean {
  return isIn(privateRanges, address);
}

/** True for link-local addresses, where the clouds' metadata servers hand out credentials. */
export function isLinkLocalAddress(address: string): boolean {
  return isIn(linkLocalRanges, address);
}

function isIn(ranges: BlockList, address: string): boolean {
  const bare = address.split('%', 1)[0] ?? '';
  const family = isIP(bare);
  return family === 0 || ranges.check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

function blockListOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', prefix = ''] = range.split('/');
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
