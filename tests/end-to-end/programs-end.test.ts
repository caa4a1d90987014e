import { mkdir, readdir, readFile, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { type FreshClone, makeFreshClone } from '../support/fresh-clone.ts';
import { until } from '../support/until.ts';

let clone: FreshClone;

beforeAll(async () => {
  clone = await makeFreshClone();
  const state = join(clone.folder, '.beatreel');
  await mkdir(state);
  await symlink(join(packageRoot(), 'node_modules'), join(clone.folder, 'node_modules'));
  await symlink(join(packageRoot(), '.beatreel', 'tools'), join(state, 'tools'));
});

afterAll(() => clone.remove());

/** Starts a program as `npm run` does, without npm and without the servers of the tests. */
function start(program: string, args: readonly string[] = []) {
  const { PATH = '', HOME = '', TMPDIR = '/tmp', BEATREEL_TEST_RUN = '' } = process.env;
  const process_ = execa('node', ['workers/setup/setup.mjs', program, ...args], {
    cwd: clone.folder,
    // The format for a person at a terminal.
    env: { PATH, HOME, TMPDIR, BEATREEL_TEST_RUN, BEATREEL_LOG: 'pretty' },
    extendEnv: false,
    reject: false,
    all: true,
  });
  let told = '';
  process_.all.on('data', (chunk: Buffer) => (told += chunk.toString()));
  return {
    kill: (signal: NodeJS.Signals) => process_.kill(signal),
    says: (words: string) => until(() => told.includes(words), { what: `"${words}" of ${program}: ${told}` }),
    exitCode: async () => (await process_).exitCode,
    told: () => told,
  };
}

/** Command lines of all processes that the programs started, which work in a folder of the clone. */
async function processesOfClone(): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const folder = await readlink(`/proc/${id}/cwd`).catch(() => '');
      return folder.startsWith(clone.folder)
        ? [await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')]
        : [];
    }),
  );
  return found.flat();
}

const demo = 'workers/dev/demo/main.ts';
const dev = 'workers/dev/main.ts';
const short = ['--prompt', 'Rain on a tin roof', '--duration', '5'];

test('a demo beside npm run dev ends with its video, or at the first signal, and leaves the stack up', async () => {
  const stack = start(dev);
  await stack.says('Start a video with');

  const whole = start(demo, [...short, '--json']);
  expect(await whole.exitCode()).toBe(0);
  expect(whole.told()).toContain('"status":"succeeded"');

  const stopped = start(demo, short);
  await stopped.says('phase storyboard running');
  stopped.kill('SIGTERM');
  expect(await stopped.exitCode()).toBe(143);
  expect(stopped.told()).not.toContain('Error');

  stack.kill('SIGHUP');
  expect(await stack.exitCode()).toBe(0);
  expect(await processesOfClone()).toEqual([]);
});

test.each([
  [dev, 'SIGTERM', 0],
  [demo, 'SIGTERM', 143],
  [demo, 'SIGINT', 130],
] as const)('%s ends at the first %s while its servers are starting', async (program, signal, exitCode) => {
  const starting = start(program);
  const isStarting = async () => (await processesOfClone()).some((line) => line.includes('supervise.mjs'));
  await until(isStarting, { what: `the servers of ${program}` });
  starting.kill(signal);

  expect(await starting.exitCode()).toBe(exitCode);
  expect(await processesOfClone()).toEqual([]);
});

test.each(['Temporal started', 'Worker started'])(
  'Ctrl-C at "%s", which npm sends twice, ends the demo with all of its servers',
  async (sentence) => {
    const starting = start(demo, short);
    await starting.says(sentence);
    starting.kill('SIGINT');
    await sleep(50);
    starting.kill('SIGINT');

    expect(await starting.exitCode()).toBe(130);
    expect(await processesOfClone()).toEqual([]);
  },
);

test.each([
  ['workers/main.ts', 'npm run worker'],
  ['workers/webhooks/main.ts', 'npm run webhooks'],
  [dev, 'npm run dev'],
  [demo, 'npm run demo'],
])('%s prints how it is used when asked to, and where an option is misspelt', async (program, usage) => {
  const asked = start(program, ['--help']);
  expect(await asked.exitCode()).toBe(0);
  expect(asked.told()).toContain(`Usage: ${usage}`);

  const misspelt = start(program, ['--promt', 'x']);
  expect(await misspelt.exitCode()).toBe(1);
  expect(misspelt.told()).toMatch(/^Unknown option '--promt'\.\nUsage: /);
});
