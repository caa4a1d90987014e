import { request } from 'undici';

import { choosePort, releasePorts } from '../../workers/dev/local-stack/processes/free-ports.ts';
import { readEndpointSettings } from '../../workers/webhooks/endpoint-settings.ts';
import { startWebhooks } from '../../workers/webhooks/start-webhooks.ts';

const secret = 'a-secret-of-the-tests-of-no-value-elsewhere';

test.each<[string, Readonly<Record<string, string>>, unknown]>([
  ['everything answers', {}, { status: 200, ready: true, checks: { temporal: 'ok', bucket: 'ok' } }],
  [
    'the store does not answer',
    { S3_ENDPOINT: 'http://127.0.0.1:9' },
    {
      status: 503,
      ready: false,
      checks: { temporal: 'ok', bucket: expect.stringMatching(/127\.0\.0\.1:9/) as unknown },
    },
  ],
])('the webhook endpoint says whether it is ready where %s', async (_what, env, expected) => {
  const port = await choosePort();
  await releasePorts([port]);
  const endpoint = await startWebhooks(
    readEndpointSettings({
      ...process.env,
      REPLICATE_BASE_URL: 'http://127.0.0.1:9/v1',
      REPLICATE_WEBHOOK_SECRET: '',
      BEATREEL_WEBHOOK_SECRET: secret,
      BEATREEL_WEBHOOK_PORT: '0',
      BEATREEL_HEALTH: String(port),
      ...env,
    }),
  );
  try {
    const { statusCode: status, body } = await request(`http://127.0.0.1:${port}/readyz`);

    expect({ status, ...((await body.json()) as object) }).toEqual(expected);
    const alive = await request(`http://127.0.0.1:${port}/healthz`);
    expect([alive.statusCode, await alive.body.json()]).toEqual([200, { alive: true }]);
    // The endpoint's own `/healthz`, for the proxy in front of it.
    const own = await request(`http://127.0.0.1:${endpoint.port}/healthz`);
    await own.body.dump();
    expect(own.statusCode).toBe(200);
  } finally {
    await endpoint.close();
  }
});
