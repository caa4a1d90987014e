import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';
import { closeLogger } from '../../workers/logging/close-logger.ts';
import { briefOf } from '../support/briefs.ts';
import type { Fleet } from '../support/start-fleet.ts';
import { startFleet } from '../support/start-fleet.ts';
import { until } from '../support/until.ts';

const started: { kill(signal: 'SIGKILL'): boolean; readonly whenEnded: Promise<unknown> }[] = [];
let fleet: Fleet | undefined;

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    await child.whenEnded;
  }
  await fleet?.close();
  fleet = undefined;
});

// Without a worker, the logger would keep this process alive.
afterAll(closeLogger);

test('a worker that meets an exception outside a promise is started again, and its video is bought once', async () => {
  fleet = await startFleet({ serve: false });
  const { control } = fleet.standIn;
  control.setBarrier({ kind: 'clip' });
  const worker = supervise('worker', fleet.env);
  await worker.whenServing(1, 'Serving');
  const video = await fleet.startVideo(briefOf(2));
  await control.waitFor({ creates: 4, held: 2 });

  process.kill(await worker.programId(), 'SIGUSR2');
  await worker.whenServing(2, 'Serving');
  control.release();

  expect(await video.result()).toMatchObject({ clips: 2 });
  expect(control.counters().creates).toBe(5);
  expect(worker.log()).toContain('"message":"Exception outside a promise; this process ends in order"');
  expect(worker.log()).toContain('"count":1');
  expect(worker.log()).toContain('The worker ended with code 70; restart 1 follows in 1 s');
  // npm forwards the terminal's Ctrl-C to a program that has already received it.
  worker.end('SIGINT');
  await sleep(50);
  worker.end('SIGINT');
  expect(await worker.exitCode()).toBe(0);
});

test('an endpoint of webhooks that is killed is started again, and ends with its supervisor', async () => {
  const webhooks = supervise('webhooks', endpoint);
  await webhooks.whenServing(1, 'Receiving webhooks');
  const first = await webhooks.programId();

  process.kill(first, 'SIGKILL');
  await webhooks.whenServing(2, 'Receiving webhooks');
  const second = await webhooks.programId();
  webhooks.end('SIGKILL');
  await until(() => !isAlive(second), { what: 'the end of a program without its supervisor' });

  expect(second).not.toBe(first);
  expect(webhooks.log()).toContain('The webhooks ended with SIGKILL; restart 1 follows');
});

test('an endpoint of webhooks is started again after an exception outside a promise', async () => {
  const webhooks = supervise('webhooks', endpoint);
  await webhooks.whenServing(1, 'Receiving webhooks');

  process.kill(await webhooks.programId(), 'SIGUSR2');
  await webhooks.whenServing(2, 'Receiving webhooks');
  webhooks.end('SIGINT');

  expect(await webhooks.exitCode()).toBe(0);
});

test('a program whose settings are wrong is not started again', async () => {
  const webhooks = supervise('webhooks', { ...endpoint, BEATREEL_WEBHOOK_SECRET: 'short' });

  expect(await webhooks.exitCode()).toBe(1);
  expect(webhooks.log().match(/BEATREEL_WEBHOOK_SECRET/g)).toHaveLength(1);
});

const endpoint = {
  BEATREEL_WEBHOOK_SECRET: 'a-secret-of-the-tests-of-no-value-elsewhere',
  BEATREEL_WEBHOOK_PORT: '0',
  REPLICATE_BASE_URL: 'http://127.0.0.1:9/v1',
};

/** Starts a program as `npm run` does, without npm. */
function supervise(program: 'worker' | 'webhooks', env: Readonly<Record<string, string>>) {
  const root = packageRoot();
  const defect = pathToFileURL(join(root, 'tests', 'workers', 'programs', 'throw-on-signal.mjs')).href;
  const supervisor = execa('node', [...typescriptFlags, join(root, 'workers/supervise/main.ts'), program], {
    cwd: root,
    env: { ...env, BEATREEL_LOG: 'json', NODE_OPTIONS: `--import ${defect}` },
    reject: false,
    cleanup: true,
  });
  let log = '';
  supervisor.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const whenEnded = supervisor.then(({ exitCode }) => exitCode);
  started.push({ kill: (signal) => supervisor.kill(signal), whenEnded });
  return {
    log: () => log,
    end: (signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL') => supervisor.kill(signal),
    exitCode: () => whenEnded,
    whenServing: (times: number, words: string) =>
      until(() => log.split(words).length > times, { what: `${program} that serves, time ${times}` }),
    programId: async () => {
      const { pid = 0 } = supervisor;
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
      return Number(children.trim().split(' ').at(-1));
    },
  };
}

function isAlive(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
