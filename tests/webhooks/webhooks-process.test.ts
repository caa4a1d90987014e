import { join } from 'node:path';

import { execa } from 'execa';
import { request } from 'undici';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { until } from '../support/until.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

const secret = 'a-secret-of-the-tests-of-no-value-elsewhere';

test.each(['SIGTERM', 'SIGINT'] as const)(
  'npm run webhooks serves until %s, and ends well',
  async (signal) => {
    const webhooks = start({ BEATREEL_WEBHOOK_SECRET: secret, BEATREEL_WEBHOOK_PORT: '0' });
    try {
      const address = await until(
        () => /"Receiving webhooks".*?"address":"([^"]+)"/.exec(webhooks.log())?.[1],
        {
          what: 'a webhook endpoint that listens',
        },
      );
      const origin = `http://${address}`;
      expect(await statusOf(`${origin}/healthz`)).toBe(200);
      expect(await statusOf(`${origin}/healthz`, 'POST')).toBe(405);
      expect(await statusOf(`${origin}/`)).toBe(404);
      expect(await statusOf(`${origin}/webhooks/replicate`)).toBe(405);
      expect(await statusOf(`${origin}/webhooks/replicate`, 'POST')).toBe(401);
    } finally {
      webhooks.child.kill(signal);
    }
    expect((await webhooks.child).exitCode).toBe(0);
  },
);

test.each([
  [{}, 'BEATREEL_WEBHOOK_SECRET'],
  [{ BEATREEL_WEBHOOK_SECRET: 'short' }, 'BEATREEL_WEBHOOK_SECRET'],
  [{ BEATREEL_WEBHOOK_SECRET: secret, REPLICATE_WEBHOOK_SECRET: 'no' }, 'REPLICATE_WEBHOOK_SECRET'],
  [{ BEATREEL_WEBHOOK_SECRET: secret, BEATREEL_WEBHOOK_PORT: 'eighty' }, 'BEATREEL_WEBHOOK_PORT'],
])('npm run webhooks with %j names the variable that is wrong and keeps its value', async (env, name) => {
  const { child } = start(env);
  const { exitCode, stderr } = await child;

  expect(exitCode).toBe(1);
  expect(stderr).toContain(name);
  expect(stderr).not.toContain('short');
});

function start(env: Readonly<Record<string, string>>) {
  const root = packageRoot();
  const child = execa('node', [...typescriptFlags, join(root, 'workers', 'webhooks', 'main.ts')], {
    cwd: root,
    // No test here reaches the host.
    env: { BEATREEL_WEBHOOK_SECRET: '', REPLICATE_BASE_URL: 'http://127.0.0.1:9/v1', ...env },
    reject: false,
    cleanup: true,
    // A program that does not end by itself fails only its own test.
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  let log = '';
  child.stderr.on('data', (part: Buffer) => (log += part.toString()));
  return { child, log: () => log };
}

async function statusOf(address: string, method: 'GET' | 'POST' = 'GET'): Promise<number> {
  const answer = await request(address, { method });
  expect(await answer.body.text()).toBe('');
  return answer.statusCode;
}
