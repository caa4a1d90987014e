import { mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { Runtime } from '@temporalio/worker';
import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { briefOf } from '../support/briefs.ts';
import { type FreshClone, makeFreshClone } from '../support/fresh-clone.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';
import { startProgram } from '../support/start-worker-process.ts';

const packages = join(packageRoot(), 'node_modules');
let clone: FreshClone;
/** A folder with only the tarball and its dependencies installed. */
let project: string;
let own: string;

beforeAll(async () => {
  clone = await makeFreshClone();
  await symlink(packages, join(clone.folder, 'node_modules'));
  const { stdout } = await execa('npm', ['pack', '--json'], { cwd: clone.folder });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [{ readonly filename: string }];
  project = join(clone.folder, 'project');
  own = join(project, 'node_modules', 'beatreel');
  await mkdir(own, { recursive: true });
  // Installs as npm does, without a registry.
  await execa('tar', ['-xzf', join(clone.folder, filename), '-C', own, '--strip-components=1']);
  const { dependencies } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) {
    const place = join(project, 'node_modules', name);
    await mkdir(dirname(place), { recursive: true });
    await symlink(join(packages, name), place);
  }
});

afterAll(async () => {
  // This process has no worker that would end the runtime.
  await Runtime.instance().shutdown();
  // Removes the link, not its target.
  await rm(join(clone.folder, 'node_modules'));
  await clone.remove();
});

test('the package holds what runs: no sources, no tests, nothing of a checkout', async () => {
  const entries = await readdir(own, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);

  expect((await readdir(own)).sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'].concat(
      ...['client', 'dist', 'docs', 'examples', 'models.yaml', 'package.json', 'temporal-dev.yaml'],
      'workers',
    ),
  );
  expect(files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))).toEqual([]);
  expect(files.filter((name) => /\.test\.|jest/.test(name))).toEqual([]);
});

test.each<[readonly string[], RegExp]>([
  [['--version'], /^0\.1\.0$/],
  [['--help'], /Usage: beatreel/],
  [['models'], /hailuo-02\*/],
  [['explain', 'NeedsReconcile'], /beatreel reconcile/],
])('beatreel %j runs there', async (args, answer) => {
  const program = join('node_modules', 'beatreel', 'client', 'cli', 'beatreel.mjs');
  const { exitCode, stdout, stderr } = await execa(process.execPath, [program, ...args], {
    cwd: project,
    reject: false,
  });

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(answer);
});

test('a worker of the package makes a video', async () => {
  const fleet: Fleet = await startFleet({ serve: false });
  try {
    const program = [join(own, 'dist', 'workers', 'main.js')];
    const worker = await startProgram(program, { cwd: project, env: fleet.env });
    try {
      const video = await fleet.startVideo(briefOf(1, { music: { enabled: false } }));
      expect(await video.result()).toMatchObject({ status: 'succeeded', beats: 1 });
    } finally {
      expect(await worker.end('SIGTERM')).toBe(0);
    }
  } finally {
    await fleet.close();
  }
});
