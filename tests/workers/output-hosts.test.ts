import { outputHostsOf } from '../../workers/output-transfers.ts';

const host = { outputHosts: 'cdn.example.com *.example.net' };

test.each([
  [undefined, 'cdn.example.com *.example.net'],
  ['other.example.org', 'other.example.org'],
  ['+other.example.org', 'cdn.example.com *.example.net  other.example.org'],
  ['+a.example.org, +b.example.org', 'cdn.example.com *.example.net  a.example.org,  b.example.org'],
])('OUTPUT_HOSTS %j lets read from %j', (told, hosts) => {
  expect(outputHostsOf(host, told)).toBe(hosts);
});
