import { HostHttp } from '../../activities/providers/host-http.ts';
import { createS3Client } from '../../storage/create-s3-client.ts';
import { allowListPolicy, parseAllowList, publicAddressPolicy } from '../../storage/output-address.ts';
import { readProxy } from '../../storage/proxy.ts';
import { createSafeAgent, type ResolveName } from '../../storage/safe-agent.ts';
import { safeGet } from '../../storage/safe-request.ts';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { expectHello, type ProxyRoad, startProxyRoad } from './start-proxy-road.ts';

let road: ProxyRoad;

beforeEach(async () => {
  road = await startProxyRoad();
});
afterEach(async () => {
  delete process.env['HTTPS_PROXY'];
  delete process.env['NO_PROXY'];
  await road.close();
});

test('a host is reached through the proxy, with its credentials, and TLS goes to the host itself', async () => {
  process.env['HTTPS_PROXY'] = road.url.replace('http://', 'http://me:p%40ss@');
  const http = new HostHttp({ baseUrl: 'https://api.host.example/v1', token: 'secret' });

  await expect(http.read({ method: 'GET', path: '/account', attempt: 'Asking' })).rejects.toMatchObject({
    type: 'ProviderUnavailable',
  });
  await http.close();

  const credentials = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
  expect(road.tunnels[0]).toEqual({ target: 'api.host.example:443', credentials });
  expectHello(road, 'api.host.example');
  // Only the host gets the key, inside TLS.
  expect(Buffer.concat(road.hellos).includes('secret')).toBe(false);
});

test('an order whose tunnel the proxy refused is no lost order', async () => {
  process.env['HTTPS_PROXY'] = road.url;
  road.refusal = 403;
  const http = new HostHttp({ baseUrl: 'https://api.host.example/v1', token: 'secret' });

  const ordered = http.order({ method: 'POST', path: '/predictions', attempt: 'Ordering', body: '{}' });

  await expect(ordered).rejects.toMatchObject({ name: 'ProviderUnavailable', type: 'ProviderUnavailable' });
  await http.close();
});

test('the SDK of the object store goes through the proxy', async () => {
  process.env['HTTPS_PROXY'] = road.url;
  process.env['AWS_ACCESS_KEY_ID'] ??= 'a-key';
  process.env['AWS_SECRET_ACCESS_KEY'] ??= 'a-secret';
  const client = createS3Client({
    bucket: 'films',
    region: 'eu-central-1',
    endpoint: 'https://store.example:9000',
    forcePathStyle: true,
    checksum: 'when_required',
  } as never);

  const asked = client.send(new HeadBucketCommand({ Bucket: 'films' }), {
    abortSignal: AbortSignal.timeout(5_000),
  });
  await expect(asked).rejects.toThrow(/socket|ECONN|hang up|disconnected/i);
  client.destroy();

  expect(road.tunnels[0]?.target).toBe('store.example:9000');
  expectHello(road, 'store.example');
});

test.each([
  ['api.host.example', false],
  ['.host.example', false],
  ['api.host.example:443', false],
  ['api.host.example:8443', true],
  ['other.example host.example', false],
  ['*', false],
  ['ost.example', true],
  ['', true],
])('NO_PROXY=%s', (noProxy, isUsed) => {
  const proxy = readProxy({ HTTPS_PROXY: road.url, NO_PROXY: noProxy });

  expect(proxy?.isUsed(new URL('https://api.host.example/v1'))).toBe(isUsed);
  expect(proxy?.isUsed(new URL('https://localhost/'))).toBe(false);
  expect(proxy?.isUsed(new URL('http://api.host.example/'))).toBe(false);
});

test('a setting that is not the address of a proxy is refused without repeating it', () => {
  expect(() => readProxy({ HTTPS_PROXY: 'proxy:secret' })).toThrow(
    /^HTTPS_PROXY is not the address of a proxy/,
  );
  expect(readProxy({})).toBeUndefined();
});

test.each([
  ['a private address', answers('10.0.0.8'), false, /leads to an address that is not on the public Internet/],
  ['nothing that this worker knows', unknown, false, /set BEATREEL_PROXY_DNS=trust/],
])(
  'a picture whose name leads to %s is refused before the proxy is asked',
  async (...[, resolve, trustsProxy, words]) => {
    const agent = createSafeAgent({ resolve, trustsProxy, proxy: readProxy({ HTTPS_PROXY: road.url }) });

    await expect(read(agent)).rejects.toMatchObject({
      type: 'InvalidRequest',
      message: expect.stringMatching(words) as unknown,
    });
    await agent.close();

    expect(road.tunnels).toEqual([]);
  },
);

test.each([
  ['is public', answers('93.184.216.34'), false],
  ['only a trusted proxy knows', unknown, true],
])('a picture whose name %s is read through the proxy', async (_what, resolve, trustsProxy) => {
  const agent = createSafeAgent({ resolve, trustsProxy, proxy: readProxy({ HTTPS_PROXY: road.url }) });

  await expect(read(agent)).rejects.toThrow();
  await agent.close();

  expect(road.tunnels[0]?.target).toBe('pictures.example:443');
  expectHello(road, 'pictures.example');
});

test('outputs of a host, whose names are known, need no look-up of ours', async () => {
  const agent = createSafeAgent({ resolve: unknown, proxy: readProxy({ HTTPS_PROXY: road.url }) });
  const policy = allowListPolicy(parseAllowList('https://pictures.example'));

  await expect(read(agent, policy)).rejects.toThrow();
  await agent.close();

  expect(road.tunnels[0]?.target).toBe('pictures.example:443');
});

function read(agent: ReturnType<typeof createSafeAgent>, policy = publicAddressPolicy) {
  const address = 'https://pictures.example/lamp.png';
  return safeGet({ agent, policy }, { address, signal: AbortSignal.timeout(5_000) });
}

function answers(address: string): ResolveName {
  return (_hostname, _options, callback) => {
    callback(null, [{ address, family: 4 }]);
  };
}

function unknown(...[, , callback]: Parameters<ResolveName>): void {
  callback(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
}
