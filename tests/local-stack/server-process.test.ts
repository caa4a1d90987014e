import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';

import { choosePort, releasePorts } from '../../workers/dev/local-stack/processes/free-ports.ts';
import { holdLock } from '../../workers/tools/hold-lock.ts';
import { retryOnTakenPort } from '../../workers/dev/local-stack/processes/retry-on-taken-port.ts';
import {
  startServerProcess,
  type RunningServer,
  type ServerCommand,
} from '../../workers/dev/local-stack/processes/start-server-process.ts';
import { waitUntilReady } from '../../workers/dev/local-stack/processes/wait-until-ready.ts';
import { isAlive, livingProcesses } from './living-processes.ts';
import { linuxTest } from './linux-test.ts';
import { withTemporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

const programs = join(import.meta.dirname, 'programs');

async function withServer<T>(
  command: Partial<ServerCommand> & Pick<ServerCommand, 'args'>,
  use: (server: RunningServer, folder: string) => Promise<T>,
): Promise<T> {
  return withTemporaryFolder(async (folder) => {
    const logFile = join(folder, 'logs', 'server.log');
    const defaults = { name: 'The server', command: process.execPath, cwd: folder, env: {}, logFile };
    const server = startServerProcess({ ...defaults, ...command });
    try {
      return await use(server, folder);
    } finally {
      await server.stop();
    }
  });
}

const readPids = (logFile: string): number[] | undefined => {
  const line = /^\{.*\}$/m.exec(readFileSync(logFile, 'utf8'))?.[0];
  return line === undefined ? undefined : (JSON.parse(line) as { pids: number[] }).pids;
};

test('a server ends with its exit code and its output in the log', async () => {
  const args = ['-e', 'console.log("to stdout"); console.error("to stderr"); process.exitCode = 7'];
  await withServer({ args }, async (server) => {
    expect(await server.ended).toEqual({ code: 7, signal: null });
    expect(await readFile(server.logFile, 'utf8')).toBe('to stdout\nto stderr\n');
  });
});

test('a program that does not exist ends with the reason', async () => {
  await withServer({ command: '/nowhere/server', args: [] }, async (server) => {
    expect((await server.ended).error).toMatch(/ENOENT/);
  });
});

test('a server sees nothing of our environment', async () => {
  process.env['BEATREEL_TEST_SECRET'] = 'hidden';
  try {
    await withServer({ args: ['-e', 'console.log(JSON.stringify(process.env))'] }, async (server) => {
      await server.ended;
      expect(await readFile(server.logFile, 'utf8')).not.toContain('hidden');
    });
  } finally {
    delete process.env['BEATREEL_TEST_SECRET'];
  }
});

linuxTest(
  'a server that ignores SIGTERM is killed with its children, and what it left is removed',
  async () => {
    await withTemporaryFolder(async (folder) => {
      const leftover = join(folder, 'left.sock');
      await writeFile(leftover, '');
      const args = [join(programs, 'stubborn-server.mjs')];
      await withServer({ args, leftovers: [leftover], graceMs: 200 }, async (server) => {
        const pids = await waitUntilReady({ server, check: () => readPids(server.logFile) });
        await server.stop();
        // The kernel may need an instant to end a process after SIGKILL.
        await until('the server and its child have ended', () => !pids.some(isAlive));
        await expect(stat(leftover)).rejects.toThrow('ENOENT');
        expect(await readFile(server.logFile, 'utf8')).toContain('ignored SIGTERM');
      });
    });
  },
);

linuxTest('when this process is killed by SIGKILL its servers and their children end', async () => {
  await withTemporaryFolder(async (folder) => {
    const logFile = join(folder, 'server.log');
    const args = [
      ...typescriptFlags,
      join(programs, 'start-server.ts'),
      join(programs, 'stubborn-server.mjs'),
      logFile,
    ];
    const starter = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [output] = (await once(starter.stdout, 'data')) as [Buffer];
    const groupId = Number(output.toString());
    await until('the server runs', () => readPids(logFile) !== undefined);
    starter.kill('SIGKILL');
    await until('the group has ended', () => !livingProcesses().some((living) => living.groupId === groupId));
    await until('the server and its child have ended', () => !readPids(logFile)?.some(isAlive));
  });
});

linuxTest('when the supervisor is killed its server ends and the end is seen', async () => {
  const args = [join(programs, 'stubborn-server.mjs')];
  await withServer({ args }, async (server) => {
    const pids = await waitUntilReady({ server, check: () => readPids(server.logFile) });
    process.kill(server.groupId, 'SIGKILL');
    expect(await server.ended).toEqual({ code: null, signal: 'SIGKILL' });
    await until('the server and its child have ended', () => !pids.some(isAlive));
  });
});

test('waiting for a server that ends quotes the end of its log', async () => {
  await withServer({ args: [join(programs, 'failing-host.mjs')] }, async (server) => {
    const waiting = waitUntilReady({ server, check: () => undefined });
    await expect(waiting).rejects.toThrow(
      /The server ended before it was ready \(exit code 3\).*no drawing today/s,
    );
  });
});

test('waiting for a server that stays silent ends with the last reason', async () => {
  await withServer({ args: ['-e', 'setInterval(() => undefined, 1000)'] }, async (server) => {
    const check = (): never => {
      throw new Error('connection refused');
    };
    const failure = await waitUntilReady({ server, check, timeoutMs: 100 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      type: 'ProviderUnavailable',
      message: expect.stringContaining('did not answer within 0.1 s') as string,
      cause: new Error('connection refused'),
    });
  });
});

test('a taken port leads to another try with another port, a third failure to the error', async () => {
  const tries: string[] = [];
  const start = async (): Promise<never> => {
    const args = ['-e', 'console.error("listen tcp: bind: address already in use"); process.exitCode = 1'];
    tries.push('try');
    return withServer({ args }, (server) => waitUntilReady({ server, check: () => undefined as never }));
  };
  await expect(retryOnTakenPort(start)).rejects.toThrow(/address already in use/);
  expect(tries).toHaveLength(3);
});

test('auto prefers the usual port and gives it out once, a taken one never', async () => {
  const usual = await choosePort();
  const another = await choosePort();
  const squatter = createServer().listen(another, '127.0.0.1');
  try {
    await once(squatter, 'listening');
    expect(await choosePort('auto', another)).not.toBe(another);
    await expect(choosePort(another)).rejects.toThrow(`Port ${another} of 127.0.0.1 is taken`);
    expect(await choosePort(usual)).toBe(usual);
    await releasePorts([usual]);
    expect(await choosePort('auto', usual)).toBe(usual);
    expect(await choosePort('auto', usual)).not.toBe(usual);
    await releasePorts([usual]);
    expect(await choosePort('auto', usual)).toBe(usual);
  } finally {
    squatter.close();
  }
});

test('one at a time holds a lock, and a lock whose holder was killed can be taken', async () => {
  await withTemporaryFolder(async (folder) => {
    const path = join(folder, 'data');
    const first = await holdLock(path);
    expect(first).toBeDefined();
    expect(await holdLock(path)).toBeUndefined();
    await first?.release();

    const module = new URL('../../workers/tools/hold-lock.ts', import.meta.url).href;
    const script = `const { holdLock } = await import(${JSON.stringify(module)}); await holdLock(${JSON.stringify(path)}); console.log('held'); setInterval(() => undefined, 1000)`;
    const args = [...typescriptFlags, '--input-type=module', '-e', script];
    const holder = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(await holdLock(path)).toBeUndefined();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const second = await holdLock(path);
    expect(second).toBeDefined();
    await second?.release();
  });
});
