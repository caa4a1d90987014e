import { withStandIn } from './stand-in-harness.ts';

test.each([
  ['a page whose name resolves to this machine', { host: 'pages.example' }],
  ['a page whose name only begins like this machine', { host: '127.0.0.1.pages.example:80' }],
  ['a page from elsewhere', { origin: 'https://pages.example' }],
  ['a page of another server on this machine', { origin: 'http://127.0.0.1:1' }],
  ['a page without an origin of its own', { origin: 'null' }],
])('%s reaches neither the control nor the pictures', async (_name, headers) => {
  await withStandIn({}, async (api, { control }) => {
    const post = await api.send('POST', '/_stand-in/rate-limit', { body: { perMinute: 1 }, headers });
    const get = await api.send('GET', '/_stand-in/counters', { headers });
    const create = await api.send('POST', '/v1/predictions', { body: {}, headers });
    expect([post.status, get.status, create.status]).toEqual([403, 403, 403]);
    expect(post.headers['access-control-allow-origin']).toBeUndefined();
    expect(control.counters().creates).toBe(0);
  });
});

test('a program on this machine is answered under each of its names', async () => {
  await withStandIn({}, async (api, { port }) => {
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.0.0.2']) {
      const headers = { host: `${host}:${port}`, origin: `http://${host}:${port}` };
      expect((await api.send('GET', '/_stand-in/counters', { headers })).status).toBe(200);
    }
  });
});
