import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Client, Connection } from '@temporalio/client';
import { request } from 'undici';

import { startLocalStack, type LocalStack } from '../../workers/dev/local-stack/start-local-stack.ts';
import { isAlive, listenersOf, livingProcesses, processesOf } from './living-processes.ts';
import { linuxTest } from './linux-test.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { connectToStore, placeholderHost, shippedConfig, stackTools, withStack } from './with-stack.ts';
import { until } from './until.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

const repository = join(import.meta.dirname, '..', '..');
const programs = join(import.meta.dirname, 'programs');

const accepts = async (address: string): Promise<boolean> => {
  const [host = '', port] = address.split(':');
  const visitor = connect({ host, port: Number(port) });
  try {
    await once(visitor, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    visitor.destroy();
  }
};

/** Sockets of SeaweedFS with these ports. Programs that were killed leave theirs behind, on any port. */
const socketsOf = (listeners: readonly string[]): string[] =>
  readdirSync('/tmp').filter((name) =>
    listeners.some(
      (listener) => name.startsWith('seaweedfs-') && name.endsWith(`-${listener.split(':')[1] ?? ''}.sock`),
    ),
  );

linuxTest('everything answers, on this machine only, and nothing is left after the stop', async () => {
  await withTemporaryFolder(async (root) => {
    const foreign = readdirSync('/tmp');
    const stack = await startLocalStack({
      config: shippedConfig,
      tools: stackTools,
      env: {},
      root,
      standInProgram: placeholderHost,
    });
    const { temporal, objectStore, standIn, env } = stack;
    try {
      await expectAnswers(stack);
      await until(
        'SeaweedFS has opened all its ports',
        () => listenersOf(objectStore!.groupId).length === 10,
      );
      const listeners = [temporal, objectStore, standIn].map((server) => listenersOf(server!.groupId));
      expect(listeners.flat().filter((address) => !address.startsWith('127.0.0.1:'))).toEqual([]);
      expect(listeners[0]).toContain(env['TEMPORAL_ADDRESS']);
      expect(listeners[2]).toHaveLength(1);
      const before = processesOf(root).map(({ pid }) => pid);
      expect(before.length).toBeGreaterThanOrEqual(6);

      await Promise.all([stack.stop(), stack.stop()]);
      // The kernel may need an instant to end a process after SIGKILL.
      await until('all have ended', () => !before.some(isAlive));
      expect(await Promise.all(listeners.flat().map(accepts))).toEqual(listeners.flat().map(() => false));
      expect(socketsOf(listeners.flat()).filter((name) => !foreign.includes(name))).toEqual([]);
    } finally {
      await stack.stop();
    }
  });
});

async function expectAnswers(stack: LocalStack): Promise<void> {
  const { env } = stack;
  const connection = await Connection.connect({ address: env['TEMPORAL_ADDRESS']! });
  const client = new Client({ connection, namespace: env['TEMPORAL_NAMESPACE']! });
  const query =
    'BeatreelPhase = "plan" AND BeatreelTenant = "t" AND BeatreelBeats > 1 AND BeatreelCostUsd < 2';
  expect(await client.workflow.count(query)).toMatchObject({ count: 0 });
  await connection.close();
  const ui = await request(env['TEMPORAL_UI_URL']!);
  expect(ui.statusCode).toBe(200);
  await ui.body.dump();

  const s3 = connectToStore(stack);
  const address = { Bucket: env['S3_BUCKET']!, Key: 'videos/a/brief.json' };
  await s3.send(new PutObjectCommand({ ...address, Body: '{}', IfNoneMatch: '*' }));
  await expect(s3.send(new PutObjectCommand({ ...address, Body: '{}', IfNoneMatch: '*' }))).rejects.toThrow();
  await expect(
    s3.send(new PutObjectCommand({ Bucket: 'no-such-bucket', Key: 'a', Body: 'a' })),
  ).rejects.toThrow();
  s3.destroy();
  const unsigned = await request(`${env['S3_ENDPOINT']!}/${address.Bucket}/${address.Key}`);
  expect(unsigned.statusCode).toBe(403);
  await unsigned.body.dump();

  const host = await request(env['REPLICATE_BASE_URL']!);
  expect(await host.body.text()).toBe(env['REPLICATE_API_TOKEN']);
  expect(new URL(env['REPLICATE_BASE_URL']!).origin).toBe(env['OUTPUT_HOSTS']);
}

linuxTest('the object store keeps what it acknowledged when it is killed by SIGKILL', async () => {
  await withTemporaryFolder(async (root) => {
    const given = { TEMPORAL_ADDRESS: 'elsewhere:7233', REPLICATE_API_TOKEN: 'given' };
    const keys = Array.from({ length: 20 }, (_, index) => `videos/a/${index}`);
    await withStack({ root, env: given }, async (stack) => {
      const s3 = connectToStore(stack);
      const Bucket = stack.env['S3_BUCKET']!;
      await Promise.all(
        keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key.repeat(10_000) }))),
      );
      const { groupId } = stack.objectStore!;
      const weed = livingProcesses().find((living) => living.groupId === groupId && living.pid !== groupId);
      process.kill(weed!.pid, 'SIGKILL');
      expect(await stack.broken).toBe('SeaweedFS');
      expect(await stack.objectStore!.ended).toEqual({ code: null, signal: 'SIGKILL' });
    });
    await withStack({ root, env: given }, async (stack) => {
      const s3 = connectToStore(stack);
      const Bucket = stack.env['S3_BUCKET']!;
      const read = async (Key: string): Promise<string | undefined> =>
        (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();
      expect(await Promise.all(keys.map(read))).toEqual(keys.map((key) => key.repeat(10_000)));
    });
  });
});

linuxTest('when one server does not start the others are stopped', async () => {
  await withTemporaryFolder(async (root) => {
    const standInProgram = join(programs, 'failing-host.mjs');
    const starting = startLocalStack({
      config: shippedConfig,
      tools: stackTools,
      env: {},
      root,
      standInProgram,
    });
    await expect(starting).rejects.toThrow(
      /The stand-in ended before it was ready \(exit code 3\).*no drawing today/s,
    );
    expect(processesOf(root)).toEqual([]);
  });
});

linuxTest('when the process that started the stack is killed the servers end', async () => {
  await withTemporaryFolder(async (root) => {
    const args = [...typescriptFlags, join(programs, 'start-stack.ts'), root, placeholderHost];
    const starter = spawn(process.execPath, args, { cwd: repository, stdio: ['ignore', 'pipe', 'inherit'] });
    await once(starter.stdout, 'data');
    expect(processesOf(root).length).toBeGreaterThanOrEqual(6);
    starter.kill('SIGKILL');
    await until('all servers have ended', () => processesOf(root).length === 0);
  });
});

test('a second stack on the same files is refused and the first goes on', async () => {
  await withTemporaryFolder(async (root) => {
    await withStack({ root }, async (stack) => {
      const second = startLocalStack({ config: shippedConfig, tools: stackTools, env: {}, root });
      await expect(second).rejects.toThrow(/another local stack has .*temporal\.db open/);
      expect(await accepts(stack.env['TEMPORAL_ADDRESS']!)).toBe(true);
    });
  });
});

test('two stacks with files of their own run side by side', async () => {
  await withTemporaryFolder(async (first) => {
    await withTemporaryFolder(async (second) => {
      const env = { REPLICATE_API_TOKEN: 'given' };
      const starting = [first, second].map((root) =>
        startLocalStack({ config: shippedConfig, tools: stackTools, env, root }),
      );
      const outcomes = await Promise.allSettled(starting);
      const stacks = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      await Promise.all(stacks.map((stack) => stack.stop()));
      await Promise.all(starting);
      expect(new Set(stacks.map((stack) => stack.env['TEMPORAL_ADDRESS'])).size).toBe(2);
      expect(new Set(stacks.map((stack) => stack.env['S3_ENDPOINT'])).size).toBe(2);
    });
  });
});

test('a port that is asked for by number and taken is an error, though the stranger there answers', async () => {
  await withTemporaryFolder(async (root) => {
    await withTemporaryFolder(async (other) => {
      const env = { S3_BUCKET: 'on-aws', REPLICATE_API_TOKEN: 'given' };
      await withStack({ root, env }, async (stack) => {
        const port = Number(stack.env['TEMPORAL_ADDRESS']!.split(':')[1]);
        const taken = { ...shippedConfig, temporal: { ...shippedConfig.temporal, port } };
        const starting = startLocalStack({ config: taken, tools: stackTools, env, root: other });
        await expect(starting).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
      });
    });
  });
});
