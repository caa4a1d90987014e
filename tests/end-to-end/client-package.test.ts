import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { clientPackageName, packClient } from '../../workers/pack/pack-client.ts';
import { until } from '../support/until.ts';
import { type Fleet, startFleet } from '../support/start-fleet.ts';

const packages = join(packageRoot(), 'node_modules');
let folder: string;
/** A project with only the client and Node's types. */
let project: string;
let tarball: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'beatreel-package-'));
  tarball = await packClient(folder);
  project = join(folder, 'project');
  await install(join(project, 'node_modules'));
  await cp(join(packageRoot(), 'tests', 'end-to-end', 'consumer'), project, { recursive: true });
  await cp(join(packageRoot(), 'examples', 'programs'), join(project, 'examples'), { recursive: true });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Installs as npm does, without a registry: unpacks the tarball, and puts its dependencies beside it. */
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

test('a strict project and the examples compile against the package alone, all declarations checked', async () => {
  const compiler = join(packages, 'typescript', 'bin', 'tsc');
  const names = (await readdir(join(project, 'examples'))).map((name) => `examples/${name}`);
  expect(names.length).toBeGreaterThan(0);
  const { compilerOptions } = await readOptions(join(project, 'tsconfig.json'));
  const options = { ...compilerOptions, noEmit: false, outDir: 'built', rootDir: '.' };
  const file = join(project, 'tsconfig.all.json');
  await writeFile(file, JSON.stringify({ compilerOptions: options, files: ['make-video.ts', ...names] }));
  const { exitCode, stdout } = await execa(process.execPath, [compiler, '-p', file], { reject: false });
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

async function readOptions(file: string): Promise<{ readonly compilerOptions: object }> {
  const text = await readFile(file, 'utf8');
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, '')) as { readonly compilerOptions: object };
}

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

describe('programs that have the package alone', () => {
  let fleet: Fleet;
  const open = (url: string): Promise<boolean> =>
    fetch(url).then(async ({ ok, body }) => {
      await body?.cancel();
      return ok;
    });
  beforeAll(async () => {
    fleet = await startFleet();
  });
  afterAll(() => fleet.close());

  function run(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return execa(process.execPath, [join('built', 'examples', `${name}.js`), ...args], {
      cwd: project,
      env: { ...fleet.env, NODE_NO_WARNINGS: '1', ...env },
      cleanup: true,
    });
  }

  test('start-and-watch starts a video, shows how it goes, and prints an address that opens it', async () => {
    const { stdout, stderr } = await run('start-and-watch', [`A lamp ${Date.now()}`]);
    const { videoId, url } = JSON.parse(stdout) as { readonly videoId: string; readonly url: string };
    expect(stderr).toContain(`${videoId}: succeeded`);
    expect(await open(url)).toBe(true);
  });

  test('hand-out-links answers at once, and has an address once the video is made', async () => {
    const service = run('hand-out-links', [], { PORT: '0' });
    const [line] = (await once(service.stdout, 'data')) as [Buffer];
    const { port } = JSON.parse(line.toString()) as { readonly port: number };
    const at = `http://127.0.0.1:${port}/videos`;
    const order = { prompt: 'A lamp', requestId: `order-${Date.now()}` };
    const started = await fetch(at, { method: 'POST', body: JSON.stringify(order) });
    expect(started.status).toBe(202);
    const { videoId } = (await started.json()) as { readonly videoId: string };
    const look = async () => (await (await fetch(`${at}/${videoId}`)).json()) as { readonly url?: string };
    const url = await until(async () => (await look()).url, { what: 'a link' });
    expect(await open(url)).toBe(true);
    expect((await fetch(`${at}/nobody-${Date.now()}`)).status).toBe(404);
    expect((await fetch(at, { method: 'POST', body: '{' })).status).toBe(400);
    service.kill('SIGTERM');
    expect((await service).exitCode).toBe(0);
  });

  test('approve-stills shows the stills, and buys footage when a person says yes', async () => {
    const started = JSON.parse((await run('approve-stills', ['start', 'A lamp'])).stdout) as {
      readonly videoId: string;
      readonly digest: string;
      readonly urls: readonly [string];
    };
    const { videoId, digest, urls } = started;
    expect(urls).toHaveLength(1);
    expect(await open(urls[0])).toBe(true);
    const clips = () => fleet.standIn.control.counters().createsByKind.clip;
    const before = clips();
    const approved = await run('approve-stills', ['yes', videoId, digest, 'Ada']);
    expect(await open((JSON.parse(approved.stdout) as { readonly url: string }).url)).toBe(true);
    expect(clips()).toBe(before + 1);
  });
});
