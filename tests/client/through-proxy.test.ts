import { NativeConnection } from '@temporalio/worker';

import { connectTemporal } from '../../client/connection/connect-temporal.ts';
import { throughProxy, workerProxy } from '../../client/connection/through-proxy.ts';
import { askStatus } from '../../workers/doctor/ask-status.ts';
import { checkSettings } from '../../workers/doctor/check-settings.ts';
import { expectHello, type ProxyRoad, startProxyRoad } from '../storage/start-proxy-road.ts';

let road: ProxyRoad;

beforeEach(async () => {
  road = await startProxyRoad();
  process.env['HTTPS_PROXY'] = road.url.replace('http://', 'http://me:p%40ss@');
});
afterEach(async () => {
  delete process.env['HTTPS_PROXY'];
  delete process.env['NO_PROXY'];
  delete process.env['http_proxy'];
  await road.close();
});

const credentials = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
const address = 'films.temporal.example:7233';

test('a client reaches Temporal through the proxy, and TLS goes to Temporal itself', async () => {
  const connecting = connectTemporal(
    { connectionOptions: { address, tls: true, connectTimeout: '2 seconds' } },
    'films',
  );
  await expect(connecting).rejects.toMatchObject({
    name: 'ServerUnreachable',
    message: expect.stringContaining(address) as unknown,
  });

  expect(road.tunnels[0]).toEqual({ target: address, credentials });
  expectHello(road, 'films.temporal.example');
});

test('a worker reaches Temporal through the proxy, and TLS goes to Temporal itself', async () => {
  const options = { address, tls: true };

  await expect(NativeConnection.connect({ ...options, ...workerProxy(options) })).rejects.toThrow();

  expect(road.tunnels[0]?.target).toBe(address);
  expectHello(road, 'films.temporal.example');
});

test.each([
  ['an address that NO_PROXY excepts', { address, tls: true }],
  ['a server without TLS', { address: 'other.example' }],
  ['a server of this machine', { address: 'localhost:7233', tls: true }],
  ['TLS that was turned off', { address: 'other.example', tls: false, apiKey: 'a-key' }],
])('%s goes straight, whatever gRPC reads by itself', (_what, options) => {
  process.env['NO_PROXY'] = '.temporal.example';
  process.env['http_proxy'] = road.url;

  expect(workerProxy(options)).toEqual({});
  expect(throughProxy(options)).toEqual({ ...options, channelArgs: { 'grpc.enable_http_proxy': 0 } });
});

test.each([
  [{ address: 'films.example', apiKey: 'a-key' }, 'films.example:7233'],
  [{ address: 'films.example:443', tls: {} }, 'films.example:443'],
])('the proxy is asked for %j at %s', (options, target) => {
  expect(throughProxy(options).channelArgs).toMatchObject({ 'grpc.http_connect_target': `dns:${target}` });
});

test.each([
  ['https://proxy.example:3129', /through http proxies alone: set one, or except it in NO_PROXY/],
  ['proxy.example', /HTTPS_PROXY is not the address of a proxy/],
])('HTTPS_PROXY=%s is a wrong setting', async (proxy, words) => {
  process.env['HTTPS_PROXY'] = proxy;

  await expect(connectTemporal({ connectionOptions: { address, tls: true } }, 'films')).rejects.toMatchObject(
    {
      name: 'InvalidSettings',
      message: expect.stringMatching(words) as unknown,
    },
  );
});

test('the doctor calls the webhook endpoint through the proxy', async () => {
  const checks = await checkSettings({
    BEATREEL_WEBHOOK_URL: 'https://hooks.example/beatreel',
    BEATREEL_WEBHOOK_SECRET: 'ab'.repeat(32),
  });

  expect(checks.find(({ name }) => name === 'webhooks')).toMatchObject({ state: 'wrong' });
  expect(road.tunnels).toEqual([{ target: 'hooks.example:443', credentials }]);
  expectHello(road, 'hooks.example');
});

test('the doctor opens presigned addresses through the proxy, except where NO_PROXY says otherwise', async () => {
  await expect(askStatus('https://store.example/films/a?X-Amz-Signature=1', 5_000)).rejects.toThrow();
  expect(road.tunnels).toEqual([{ target: 'store.example:443', credentials }]);

  process.env['NO_PROXY'] = 'store.example';
  await expect(askStatus('https://store.example/films/a', 5_000)).rejects.toThrow();
  expect(road.tunnels).toHaveLength(1);
});
