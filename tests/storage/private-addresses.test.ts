import { isLinkLocalAddress, isPrivateAddress } from '../../storage/private-addresses.ts';

test.each([
  ['8.8.8.8', 'an IPv4 address'],
  ['192.88.98.1', 'a neighbour of a private range'],
  ['2606:4700::1111', 'an IPv6 address'],
  ['2a00:1450:4001::1', 'an IPv6 address'],
  ['64:ff9b::8.8.8.8', 'a public IPv4 behind NAT64'],
  ['64:ff9b::808:808', 'the same in hexadecimal'],
  ['64:ff9b::808:0', 'one that ends in zeros'],
  ['0064:FF9B:0:0:0:0:0808:0808', 'the same in full'],
  ['::ffff:8.8.8.8', 'a mapped public IPv4'],
])('%s, %s, is public', (address) => {
  expect(isPrivateAddress(address)).toBe(false);
});

test.each([
  ['10.0.0.1', 'private'],
  ['169.254.169.254', 'a metadata server'],
  ['255.255.255.255', 'broadcast'],
  ['::1', 'loopback'],
  ['::', 'nothing'],
  ['::10.0.0.1', 'a compatible IPv4'],
  ['::8.8.8.8', 'a compatible IPv4, which nobody routes'],
  ['::ffff:10.0.0.1', 'a mapped private IPv4'],
  ['::ffff:7f00:1', 'mapped loopback'],
  ['::ffff:0:127.0.0.1', 'translated loopback'],
  ['64:ff9b::10.0.0.1', 'a private IPv4 behind NAT64'],
  ['64:ff9b::7f00:1', 'loopback behind NAT64'],
  ['64:ff9b::a9fe:a9fe', 'a metadata server behind NAT64'],
  ['64:ff9b::', 'nothing behind NAT64'],
  ['64:ff9b:1::808:808', 'NAT64 of private use'],
  ['64:ff9b:0:0:0:1:808:808', 'beside the range of NAT64'],
  ['100::1', 'discarded'],
  ['200::1', 'outside 2000::/3'],
  ['400::1', 'outside 2000::/3'],
  ['1fff::1', 'just below 2000::/3'],
  ['4000::1', 'just above 2000::/3'],
  ['5f00::1', 'segment routing'],
  ['2001::1', 'Teredo'],
  ['2001:db8::1', 'documentation'],
  ['2002:a00:1::', '6to4 of a private IPv4'],
  ['2002:808:808::', '6to4'],
  ['3fff::1', 'documentation'],
  ['fc00::1', 'unique local'],
  ['fe80::1%eth0', 'link-local with a zone'],
  ['fec0::1', 'site-local'],
  ['ff02::1', 'multicast'],
  ['example.com', 'no address'],
  ['', 'nothing'],
  ['127.1', 'short for loopback'],
])('%s, %s, is not public', (address) => {
  expect(isPrivateAddress(address)).toBe(true);
});

test.each([
  ['169.254.169.254', true],
  ['::ffff:169.254.169.254', true],
  ['64:ff9b::a9fe:a9fe', true],
  ['fe80::1', true],
  ['fd00:ec2::254', true],
  ['10.0.0.1', false],
  ['64:ff9b::a00:1', false],
])('%s is link-local: %s', (address, expected) => {
  expect(isLinkLocalAddress(address)).toBe(expected);
});
