import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { clientPackageName } from '../../workers/pack/pack-client.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';
import { type FreshClone, makeFreshClone } from '../support/fresh-clone.ts';

let files: FreshClone;
/** A project that has Beatreel, built, among its packages. */
let consumer: string;

beforeAll(async () => {
  files = await makeFreshClone();
  const packages = join(packageRoot(), 'node_modules');
  await symlink(packages, join(files.folder, 'node_modules'));
  await execa(process.execPath, ['--import', './workers/setup/typescript.mjs', 'workers/build.ts'], {
    cwd: files.folder,
  });
  consumer = join(files.folder, 'consumer');
  await cp(join(packageRoot(), 'tests', 'end-to-end', 'consumer'), consumer, { recursive: true });
  // The same service with the whole of Beatreel instead of the client's package.
  const program = join(consumer, 'make-video.ts');
  const text = await readFile(program, 'utf8');
  await writeFile(program, text.replace(`'${clientPackageName}'`, `'beatreel/client'`));
  await mkdir(join(consumer, 'node_modules'));
  await symlink(files.folder, join(consumer, 'node_modules', 'beatreel'));
  await symlink(join(packages, '@types'), join(consumer, 'node_modules', '@types'));
});

afterAll(() => files.remove());

test('another project compiles against the types of the built client', async () => {
  const compiler = join(packageRoot(), 'node_modules', 'typescript', 'bin', 'tsc');
  const { exitCode, stdout } = await execa(process.execPath, [compiler, '-p', consumer], { reject: false });
  expect(stdout).toBe('');
  expect(exitCode).toBe(0);
});

test('another project talks to Temporal through the built client', async () => {
  const program = `
    import { BeatreelClient, InvalidBrief } from 'beatreel/client';
    const client = await BeatreelClient.connect();
    const refused = await client.start({ prompt: '', durationSeconds: 1 }).catch((error) => error);
    console.log(JSON.stringify({ refused: refused instanceof InvalidBrief, videos: (await client.list()).length >= 0 }));
    await client.close();
  `;
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: consumer,
  });
  expect(JSON.parse(stdout)).toEqual({ refused: true, videos: true });
});

/** A loader that fails when a program imports tsx. */
const withoutTsx = [
  'export const resolve = (name, context, next) => {',
  'if (/^tsx|node_modules.tsx/.test(name)) throw new Error(`${name} was loaded`);',
  'return next(name, context); };',
].join(' ');
const hook = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(withoutTsx)}`)});`;

test('the built worker, webhook endpoint and command line start without a compiler', async () => {
  const command = process.execPath;
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(hook)}`];
  const help = await execa(command, [
    ...flags,
    join(files.folder, 'client', 'cli', 'beatreel.mjs'),
    '--help',
  ]);
  expect(help.stdout).toContain('start');
  const program = (name: string): string => join(files.folder, 'dist', 'workers', name);
  const worker = await execa(command, [...flags, program('main.js'), '--pool', 'nonsense'], {
    reject: false,
    env: { BEATREEL_LOG: 'pretty' },
  });
  expect(worker.exitCode).toBe(1);
  expect(worker.stderr).toContain('--pool is "nonsense": one of orchestrator, generate, transfer, render.');
  const env = { S3_BUCKET: '', S3_ENDPOINT: '' };
  const webhooks = await execa(command, [...flags, program('webhooks/main.js')], { reject: false, env });
  expect(webhooks.exitCode).toBe(1);
  expect(webhooks.stderr).not.toContain('tsx');
  const source = await execa(
    command,
    [...flags, ...typescriptFlags, join(packageRoot(), 'workers', 'main.ts'), '--pool', 'nonsense'],
    { reject: false },
  );
  expect(source.stderr).toContain('tsx was loaded');
});
