import { replicateRegistration } from '../../activities/providers/replicate/registration.ts';
import type { LookupAddress } from 'node:dns';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { allowListPolicy, parseAllowList, publicAddressPolicy } from '../../storage/output-address.ts';
import { createSafeAgent, type ResolveName } from '../../storage/safe-agent.ts';
import { discard, safeGet } from '../../storage/safe-request.ts';
import { type FileSource, startFileSource } from './start-file-source.ts';

const replicate = allowListPolicy(parseAllowList(replicateRegistration.outputHosts));

function admits(text: string, policy = replicate): boolean {
  try {
    policy.admit(new URL(text));
    return true;
  } catch (error) {
    expect(error).toMatchObject({ type: 'InvalidRequest' });
    return false;
  }
}

test.each([
  ['https://replicate.delivery/a/b.mp4', true],
  ['https://pbxt.replicate.delivery/a.mp4', true],
  ['https://a.b.replicate.delivery/a.mp4', true],
  ['https://REPLICATE.delivery/a.mp4', true],
  ['http://replicate.delivery/a.mp4', false],
  ['https://replicate.delivery:8443/a.mp4', false],
  ['https://replicate.delivery.evil.com/a.mp4', false],
  ['https://evilreplicate.delivery/a.mp4', false],
  ['https://user:secret@replicate.delivery/a.mp4', false],
  ['https://evil.com/replicate.delivery', false],
  ['file:///etc/passwd', false],
  ['data:video/mp4;base64,AAAA', false],
])('by default %s is admitted: %s', (address, admitted) => {
  expect(admits(address)).toBe(admitted);
});

test('an entry may carry a port or be a whole origin', () => {
  const policy = allowListPolicy(parseAllowList('cdn.example.com:8443, *.example.org http://127.0.0.1:1234'));
  expect(admits('https://cdn.example.com:8443/x', policy)).toBe(true);
  expect(admits('https://cdn.example.com/x', policy)).toBe(false);
  expect(admits('https://a.example.org/x', policy)).toBe(true);
  expect(admits('https://example.org/x', policy)).toBe(false);
  expect(policy.admit(new URL('http://127.0.0.1:1234/x'))).toBe('trusted');
  expect(policy.admit(new URL('https://a.example.org/x'))).toBe('public');
  expect(admits('http://127.0.0.1:1235/x', policy)).toBe(false);
  expect(admits('https://127.0.0.1:1234/x', policy)).toBe(false);
});

test.each([
  '*',
  '*.com',
  'ftp://host.example.com',
  'https://host.example.com/path',
  'host.example.com:0',
  'ho st_',
  'http://169.254.169.254',
])('the entry "%s" is refused by name', (entry) => {
  expect(() => parseAllowList(entry)).toThrow(/output host entry/);
});

test.each([
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://0/',
  'https://10.1.2.3/',
  'https://100.64.0.1/',
  'https://169.254.169.254/latest/meta-data',
  'https://172.31.0.1/',
  'https://192.168.1.1/',
  'https://198.18.0.1/',
  'https://224.0.0.1/',
  'https://255.255.255.255/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[::127.0.0.1]/',
  'https://[fc00::1]/',
  'https://[fd00:ec2::254]/',
  'https://[fe80::1]/',
  'https://[64:ff9b::7f00:1]/',
  'https://[2002:7f00:1::]/',
  'http://example.com/',
])('%s is refused for a picture of a caller', (address) => {
  expect(admits(address, publicAddressPolicy)).toBe(false);
});

test.each(['https://example.com/a.png', 'https://93.184.216.34/a.png', 'https://[2606:4700::1111]/a.png'])(
  '%s is admitted for a picture of a caller',
  (address) => {
    expect(admits(address, publicAddressPolicy)).toBe(true);
  },
);

describe('reading', () => {
  let source: FileSource;

  beforeAll(async () => {
    source = await startFileSource();
  });

  afterAll(async () => {
    await source.stop();
  });

  const answers = (...addresses: string[]): ResolveName => {
    const found: LookupAddress[] = addresses.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    return (_hostname, _options, callback) => {
      callback(null, found);
    };
  };

  test.each([
    ['only a private address', ['127.0.0.1']],
    ['a public and a private address', ['93.184.216.34', '127.0.0.1']],
    ['a metadata address', ['169.254.169.254']],
    ['a mapped loopback address', ['::ffff:127.0.0.1']],
  ])('a name that leads to %s is refused without a connection', async (_, addresses) => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const agent = createSafeAgent({ resolve: answers(...addresses) });
    const get = { address: `https://rebound.example.com:${port}/x`, signal: new AbortController().signal };
    await expect(safeGet({ agent, policy: publicAddressPolicy }, get)).rejects.toMatchObject({
      type: 'InvalidRequest',
      message: expect.stringContaining('rebound.example.com') as string,
    });
    expect(connections).toBe(0);
    await agent.close();
    server.close();
  });

  test.each([publicAddressPolicy, allowListPolicy(parseAllowList('*.outputs.invalid pictures.invalid'))])(
    'a name that the system’s resolver does not know is a failure of that read, in words, and not of the process',
    async (policy) => {
      const agent = createSafeAgent();
      const get = { address: 'https://pictures.invalid/x', signal: new AbortController().signal };
      await expect(safeGet({ agent, policy }, get)).rejects.toMatchObject({
        type: 'ProviderUnavailable',
        message: expect.stringMatching(
          /^The host name pictures\.invalid does not resolve \(E[A-Z_]+\): check/,
        ) as string,
      });
      await agent.close();
    },
  );

  test.each<[string, Parameters<Parameters<ResolveName>[2]>]>([
    ['calls back with the error alone', [Object.assign(new Error('later'), { code: 'EAI_AGAIN' })]],
    ['finds no address', [null, []]],
    ['says nothing at all', [null]],
  ])('a resolver that %s fails that read, which is tried again', async (_what, answer) => {
    const agent = createSafeAgent({
      resolve: (_hostname, _options, callback) => {
        callback(...answer);
      },
    });
    const get = { address: 'https://pictures.example.com/x', signal: new AbortController().signal };
    await expect(safeGet({ agent, policy: publicAddressPolicy }, get)).rejects.toMatchObject({
      type: 'ProviderUnavailable',
      message: expect.stringContaining('pictures.example.com does not resolve') as string,
    });
    await agent.close();
  });

  test('even a trusted origin never leads to a metadata address', async () => {
    const agent = createSafeAgent({ resolve: answers('169.254.169.254') });
    const policy = allowListPolicy(parseAllowList('http://inside.example.com'));
    const get = { address: 'http://inside.example.com/x', signal: new AbortController().signal };
    await expect(safeGet({ agent, policy }, get)).rejects.toMatchObject({ type: 'InvalidRequest' });
    await agent.close();
  });

  test('a name that turns private later is refused from then on, although it was read before', async () => {
    const turns = [answers('127.0.0.1'), answers('169.254.169.254')];
    const asked: string[] = [];
    const agent = createSafeAgent({
      resolve: (hostname, options, callback) => {
        asked.push(hostname);
        (turns.shift() ?? answers('169.254.169.254'))(hostname, options, callback);
      },
    });
    const { port } = new URL(source.origin);
    const origin = `http://turns.example.com:${port}`;
    // The server ends the connection, so that the name is looked up again.
    source.serve('/turns', { bytes: Buffer.from('well'), headers: { connection: 'close' } });
    const reader = { agent, policy: allowListPolicy(parseAllowList(origin)) };
    const get = { address: `${origin}/turns`, signal: new AbortController().signal };

    const first = await safeGet(reader, get);
    expect(await text(first.body)).toBe('well');
    await expect(safeGet(reader, get)).rejects.toMatchObject({
      type: 'InvalidRequest',
      message: expect.stringContaining('turns.example.com') as string,
    });

    expect(asked).toEqual(['turns.example.com', 'turns.example.com']);
    await agent.close();
  });

  test.each([
    ['the metadata server', 'http://169.254.169.254/latest/meta-data'],
    ['a private address', 'https://10.0.0.1/x'],
    ['a host that is not in the list', 'https://example.com/x'],
    ['another port of this machine', 'http://127.0.0.1:1/x'],
    ['nowhere', 'https://'],
    ['itself for ever', '/loop'],
  ])('a redirect to %s is refused', async (_, location) => {
    source.serve('/loop', { bytes: Buffer.from('go on'), status: 302, headers: { location } });
    const agent = createSafeAgent();
    const policy = allowListPolicy(parseAllowList(source.origin));
    const get = { address: `${source.origin}/loop`, signal: new AbortController().signal };
    await expect(safeGet({ agent, policy }, get)).rejects.toMatchObject({ type: 'InvalidRequest' });
    await agent.close();
  });

  test('five redirects within the list are followed, also relative ones', async () => {
    for (let hop = 0; hop < 5; hop += 1) {
      const headers = { location: `/hop-${hop + 1}` };
      source.serve(`/hop-${hop}`, { bytes: Buffer.from('go on'), status: 302, headers });
    }
    source.serve('/hop-5', { bytes: Buffer.from('here') });
    const agent = createSafeAgent();
    const policy = allowListPolicy(parseAllowList(source.origin));
    const signal = new AbortController().signal;
    const response = await safeGet({ agent, policy }, { address: `${source.origin}/hop-0`, signal });
    expect(response.statusCode).toBe(200);
    discard(response.body);
    await agent.close();
  });
});
