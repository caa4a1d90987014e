import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { loadClientConnectConfig } from '@temporalio/envconfig';
import { request } from 'undici';

import { startLocalStack } from '../../workers/dev/local-stack/start-local-stack.ts';
import { shippedConfig, stackTools, withStack } from './with-stack.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

test('a server that the environment names is not started', async () => {
  await withTemporaryFolder(async (root) => {
    const env = { TEMPORAL_ADDRESS: 'elsewhere:7233', S3_BUCKET: 'on-aws', REPLICATE_API_TOKEN: 'given' };
    await withStack({ root, env }, (stack) => {
      expect([stack.temporal, stack.objectStore, stack.standIn]).toEqual([undefined, undefined, undefined]);
      expect(stack.env).toEqual({ FFMPEG: stackTools.ffmpeg, FFPROBE: stackTools.ffprobe });
    });
  });
});

test('a Temporal profile in the home folder does not reach the local server’s clients', async () => {
  await withTemporaryFolder(async (root) => {
    const profile = '[profile.default]\naddress = "cloud:7233"\napi_key = "secret"\n';
    for (const folder of ['.config/temporalio', 'Library/Application Support/temporalio']) {
      await mkdir(join(root, folder), { recursive: true });
      await writeFile(join(root, folder, 'temporal.toml'), profile);
    }
    const own = { HOME: root };
    expect(loadClientConnectConfig({ overrideEnvVars: own })).toMatchObject({
      connectionOptions: { apiKey: 'secret' },
    });
    await withStack({ root, env: { S3_BUCKET: 'on-aws', REPLICATE_API_TOKEN: 'given' } }, ({ env }) => {
      expect(loadClientConnectConfig({ overrideEnvVars: { ...own, ...env } })).toEqual({
        namespace: 'default',
        connectionOptions: { address: env['TEMPORAL_ADDRESS'] },
      });
    });
  });
});

test('Beatreel’s own stand-in starts and asks for its token', async () => {
  await withTemporaryFolder(async (root) => {
    const env = { TEMPORAL_ADDRESS: 'elsewhere:7233', S3_BUCKET: 'on-aws' };
    const stack = await startLocalStack({ config: shippedConfig, tools: stackTools, env, root });
    try {
      const address = `${stack.env['REPLICATE_BASE_URL']!}/predictions`;
      const refused = await request(address);
      await refused.body.dump();
      const authorization = `Bearer ${stack.env['REPLICATE_API_TOKEN']!}`;
      const listed = await request(address, { headers: { authorization } });
      expect([refused.statusCode, listed.statusCode]).toEqual([401, 200]);
      expect(await listed.body.json()).toMatchObject({ results: [] });
      // It also plays MiniMax: the person's key never reaches it, and all its outputs are on this machine.
      expect(stack.env).toMatchObject({
        MINIMAX_BASE_URL: stack.env['OUTPUT_HOSTS'],
        MINIMAX_API_KEY: stack.env['REPLICATE_API_TOKEN'],
      });
    } finally {
      await stack.stop();
    }
  });
});

test('the stand-in can be asked for plans where the environment names no language model, and is asked only by name', async () => {
  await withTemporaryFolder(async (root) => {
    const env = { TEMPORAL_ADDRESS: 'elsewhere:7233', S3_BUCKET: 'on-aws' };
    await withStack({ root, env }, ({ env: ours }) => {
      expect(ours['OPENAI_BASE_URL']).toBe(ours['REPLICATE_BASE_URL']);
      expect(ours['OPENAI_API_KEY']).toBe(ours['REPLICATE_API_TOKEN']);
      expect(ours['BEATREEL_PLANNER']).toBe('built-in');
    });
    await withStack({ root, env: { ...env, BEATREEL_PLANNER: 'gpt-5-mini' } }, ({ env: ours }) => {
      expect(ours).not.toHaveProperty('BEATREEL_PLANNER');
      expect(ours).toHaveProperty('OPENAI_BASE_URL');
    });
    for (const given of [{ OPENAI_API_KEY: 'sk-own' }, { OPENAI_BASE_URL: 'http://own:1234/v1' }]) {
      await withStack({ root, env: { ...env, ...given } }, ({ env: ours }) => {
        expect(Object.keys(ours).filter((name) => /^OPENAI_|PLANNER/.test(name))).toEqual([]);
        expect(ours['REPLICATE_BASE_URL']).toBeDefined();
      });
    }
  });
});

test('credentials are made once, for the owner’s eyes only', async () => {
  await withTemporaryFolder(async (root) => {
    const env = { TEMPORAL_ADDRESS: 'elsewhere:7233', S3_BUCKET: 'on-aws' };
    const token = await withStack({ root, env }, async (stack) =>
      Promise.resolve(stack.env['REPLICATE_API_TOKEN']),
    );
    await withStack({ root, env }, async (stack) => {
      expect(stack.env['REPLICATE_API_TOKEN']).toBe(token);
      expect((await stat(join(root, '.beatreel', 'credentials.json'))).mode & 0o777).toBe(0o600);
    });
  });
});
