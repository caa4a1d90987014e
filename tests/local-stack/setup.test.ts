import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { access, cp, mkdir, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import { withTemporaryFolder } from './temporary-folder.ts';
import { until } from './until.ts';

const repository = join(import.meta.dirname, '..', '..');
const lockfile = {
  name: 'sample',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'sample', dependencies: { greeter: 'file:greeter' } },
    greeter: { version: '1.0.0' },
    'node_modules/greeter': { resolved: 'greeter', link: true },
  },
};

/** A checkout with one package that needs no network, and Beatreel's set-up. */
async function withCheckout<T>(use: (root: string) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (root) => {
    await cp(join(repository, 'workers', 'setup'), join(root, 'workers', 'setup'), { recursive: true });
    await mkdir(join(root, 'greeter'));
    await writeFile(
      join(root, 'greeter', 'package.json'),
      '{"name":"greeter","version":"1.0.0","main":"greeter.js"}',
    );
    await writeFile(join(root, 'greeter', 'greeter.js'), 'module.exports = "hello";\n');
    await writeFile(
      join(root, 'package.json'),
      '{"name":"sample","type":"module","dependencies":{"greeter":"file:greeter"}}',
    );
    await writeFile(join(root, 'package-lock.json'), JSON.stringify(lockfile));
    return use(root);
  });
}

const program = `import greeting from 'greeter';
process.stdout.write(JSON.stringify({ greeting, arguments: process.argv.slice(2) }));
process.exitCode = 5;
`;

function setUp(root: string, args: readonly string[], env: Record<string, string> = {}) {
  return execa(process.execPath, [join(root, 'workers', 'setup', 'setup.mjs'), ...args], {
    env,
    reject: false,
  });
}

test('a fresh checkout gets its packages, then the program its arguments and the caller its exit code', async () => {
  await withCheckout(async (root) => {
    await writeFile(join(root, 'program.mjs'), program);
    const first = await setUp(root, ['program.mjs', '--json', 'a b']);
    expect(first.stdout).toBe('{"greeting":"hello","arguments":["--json","a b"]}');
    expect(first.exitCode).toBe(5);
    expect(first.stderr).toContain('Installing packages (once)');
    const second = await setUp(root, ['program.mjs']);
    expect(second).toMatchObject({ stdout: '{"greeting":"hello","arguments":[]}', stderr: '', exitCode: 5 });
  });
});

test('a changed lockfile installs again', async () => {
  await withCheckout(async (root) => {
    await setUp(root, []);
    await writeFile(join(root, 'node_modules', 'stray'), '');
    await writeFile(join(root, 'package-lock.json'), JSON.stringify(lockfile, null, 2));
    await rm(join(root, 'node_modules', 'greeter'));
    expect((await setUp(root, [])).stderr).toContain('Installing packages (once)');
    await expect(access(join(root, 'node_modules', 'stray'))).rejects.toThrow('ENOENT');
  });
});

test('packages installed by hand are not installed again', async () => {
  await withCheckout(async (root) => {
    await execa('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root });
    expect(await setUp(root, [])).toMatchObject({ stdout: '', stderr: '', exitCode: 0 });
    const hash = createHash('sha256').update(JSON.stringify(lockfile)).digest('hex');
    expect(await readFile(join(root, 'node_modules', '.beatreel-lock-sha256'), 'utf8')).toBe(`${hash}\n`);
  });
});

test('two at once install once', async () => {
  await withCheckout(async (root) => {
    await writeFile(join(root, 'program.mjs'), program);
    const both = await Promise.all([setUp(root, ['program.mjs']), setUp(root, ['program.mjs'])]);
    expect(both.map(({ exitCode }) => exitCode)).toEqual([5, 5]);
    expect(both.filter(({ stderr }) => stderr.includes('Installing packages'))).toHaveLength(1);
  });
});

test('a failing installation ends with a message and not with the program', async () => {
  await withCheckout(async (root) => {
    await writeFile(join(root, 'package.json'), '{"name":"sample","dependencies":{"other":"file:other"}}');
    await writeFile(join(root, 'program.mjs'), program);
    const { exitCode, stdout, stderr } = await setUp(root, ['program.mjs']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('`npm ci` in');
  });
});

test('an old Node is refused with the version that is needed', async () => {
  await withCheckout(async (root) => {
    const pretend = join(root, 'pretend.cjs');
    await writeFile(pretend, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });");
    const { exitCode, stderr } = await setUp(root, [], { NODE_OPTIONS: `--require=${pretend}` });
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      'Beatreel needs Node 20.19 or later; this is Node 20.18.3. Install a newer Node, then run it again.',
    );
  });
});

test('a program in TypeScript runs', async () => {
  await withCheckout(async (root) => {
    await writeTypescript(root);
    expect(await setUp(root, ['program.ts'])).toMatchObject({ stdout: '42', stderr: '', exitCode: 0 });
  });
});

async function writeTypescript(root: string): Promise<void> {
  await setUp(root, []);
  await symlink(join(repository, 'node_modules', 'tsx'), join(root, 'node_modules', 'tsx'));
  await writeFile(join(root, 'other.ts'), 'export const answer: number = 42;\n');
  await writeFile(
    join(root, 'program.ts'),
    "import { answer } from './other.ts';\nconsole.log(answer satisfies number);\n",
  );
}

test('compiled code comes from the checkout alone, and what others leave in the temporary folder is not run', async () => {
  await withCheckout(async (root) => {
    await writeTypescript(root);
    const program = `${await readFile(join(root, 'program.ts'), 'utf8')}import { tmpdir } from 'node:os';\nconsole.log(tmpdir());\n`;
    await writeFile(join(root, 'program.ts'), program);
    const env = { TMPDIR: join(root, 'temporary') };
    await setUp(root, ['program.ts'], env);
    // Another user can guess the names of the files, which follow from the source alone.
    const cache = join(root, '.beatreel', 'cache', `tsx-${process.getuid!()}`);
    const theirs = join(env.TMPDIR, `tsx-${process.getuid!()}`);
    await mkdir(env.TMPDIR);
    await rename(cache, theirs);
    const names = await readdir(theirs);
    expect(names).toHaveLength(2);
    for (const name of names) await writeFile(join(theirs, name), '{"code":"console.log(\'theirs\')"}');
    expect(await setUp(root, ['program.ts'], env)).toMatchObject({
      stdout: `42\n${env.TMPDIR}`,
      stderr: '',
      exitCode: 0,
    });
    expect((await readdir(cache)).sort()).toEqual(names.sort());
    const folders = ['.beatreel', join('.beatreel', 'cache')].map((name) => stat(join(root, name)));
    expect((await Promise.all(folders)).map(({ mode }) => mode & 0o777)).toEqual([0o700, 0o700]);
  });
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s reaches the program, which ends in its own way',
  async (signal) => {
    await withCheckout(async (root) => {
      await setUp(root, []);
      const waiting = `process.once('${signal}', () => { process.stdout.write('stopped'); process.exit(9); });
      setInterval(() => undefined, 1000); process.stdout.write('waiting ');`;
      await writeFile(join(root, 'program.mjs'), waiting);
      const running = setUp(root, ['program.mjs']);
      await once(running.stdout, 'data');
      running.kill(signal);
      expect(await running).toMatchObject({ stdout: 'waiting stopped', exitCode: 9 });
    });
  },
);

test('a signal during the installation ends npm too', async () => {
  await withCheckout(async (root) => {
    const npm =
      "#!/bin/sh\necho npm-runs >&2\ntrap 'echo npm-stopped >&2; trap - TERM; kill -TERM $$' TERM\nwhile :; do sleep 0.05; done\n";
    await mkdir(join(root, 'bin'));
    await writeFile(join(root, 'bin', 'npm'), npm, { mode: 0o755 });
    const env = { PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`, npm_execpath: '' };
    const running = setUp(root, [], env);
    let said = '';
    running.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await until('npm runs', () => said.includes('npm-runs'));
    running.kill('SIGTERM');
    expect(await running).toMatchObject({ signal: 'SIGTERM' });
    expect(said).toContain('npm-stopped');
  });
});
