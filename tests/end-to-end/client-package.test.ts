import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { clientPackageName, packClient } from '../../workers/pack/pack-client.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';

const packages = join(packageRoot(), 'node_modules');
let folder: string;
/** A project that has nothing but the client and Node's types. */
let project: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatreel-package-'));
  tarball = await packClient(folder);
  project = join(folder, 'project');
  await install(join(project, 'node_modules'));
  await cp(join(packageRoot(), 'tests', 'end-to-end', 'consumer'), project, { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** As npm does it, without a registry: unpacks the tarball, and puts what it names beside it. */
async function install(modules: string): Promise<void> {
  const own = join(modules, clientPackageName);
  await mkdir(own, { recursive: true });
  await execa('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
  const { dependencies } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of [...Object.keys(dependencies), '@types/node']) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(packages, name), join(modules, name));
  }
}

test('a strict project compiles against the package alone, its declarations and those of its packages checked', async () => {
  const compiler = join(packages, 'typescript', 'bin', 'tsc');
  const { exitCode, stdout } = await execa(process.execPath, [compiler, '-p', project], { reject: false });
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

test.each([
  ['publint', ['publint/src/cli.js', 'run', '--strict']],
  ['attw', ['@arethetypeswrong/cli/dist/index.js', '--profile', 'esm-only', '--no-emoji']],
])('%s finds nothing wrong with the package', async (_name, [program = '', ...args]) => {
  const { exitCode, all } = await execa(process.execPath, [join(packages, program), ...args, tarball], {
    reject: false,
    all: true,
  });
  expect({ exitCode, all: exitCode === 0 ? '' : all }).toEqual({ exitCode: 0, all: '' });
});

test('a program that has the package alone starts a video, watches it and signs an address', async () => {
  const fleet: Fleet = await startFleet();
  try {
    await writeFile(join(project, 'watch.mjs'), program);
    const { stdout } = await execa(process.execPath, ['watch.mjs'], {
      cwd: project,
      env: { ...fleet.env, NODE_NO_WARNINGS: '1' },
    });
    expect(JSON.parse(stdout)).toEqual({ status: 'succeeded', seconds: 5, looked: true, signed: true });
  } finally {
    await fleet.close();
  }
});

const program = `
  import { BeatreelClient } from '${clientPackageName}';
  const client = await BeatreelClient.connect();
  const brief = { prompt: 'A lamp', durationSeconds: 5, aspectRatio: '1:1', music: { enabled: false } };
  const { videoId } = await client.start(brief);
  let looks = 0;
  for await (const progress of client.watch(videoId)) looks += progress.videoId === videoId ? 1 : 0;
  const { status, durationSeconds: seconds } = await client.wait(videoId);
  const { url } = await client.videoUrl(videoId);
  const answer = await fetch(url);
  await answer.body.cancel();
  console.log(JSON.stringify({ status, seconds, looked: looks > 0, signed: answer.ok }));
  await client.close();
`;
