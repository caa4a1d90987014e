import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../setup/package-root.ts';

/** The fields read of our own `package.json`. */
interface OwnPackage {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The name under which other services install the client. */
export const clientPackageName = 'beatreel-client';

/** Types that Temporal's declarations need without declaring them: Node's resolution finds none in its `ms`. */
const typesAlone = ['@types/ms'];

/**
 * Compiles the modules that `client/index.ts` reaches, and packs them as a package of its own, so that a service that
 * only asks for videos needs neither workers nor media tools.
 *
 * @param outFolder created when missing
 * @returns the path of the tarball
 * @throws Error where a file of the client imports a package that is not in our dependencies
 */
export async function packClient(outFolder: string): Promise<string> {
  const root = packageRoot();
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-client-'));
  try {
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const dist = join(folder, 'dist');
    await execa(process.execPath, [compiler, '-p', 'tsconfig.client.json', '--outDir', dist], { cwd: root });
    const own = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as OwnPackage;
    const description = describePackage(own, await importsOf(dist));
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
    await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    await cp(join(root, 'docs', 'client.md'), join(folder, 'README.md'));
    await mkdir(outFolder, { recursive: true });
    const pack = ['pack', '--ignore-scripts', '--pack-destination', outFolder];
    const { stdout } = await execa('npm', pack, { cwd: folder });
    return join(outFolder, stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function describePackage(
  { version, license, engines, dependencies }: OwnPackage,
  imports: ReadonlySet<string>,
) {
  const needed = [...imports, ...typesAlone].sort().map((name) => {
    const range = dependencies[name];
    if (range === undefined) throw new Error(`The client imports ${name}, which is not in our dependencies.`);
    return [name, range] as const;
  });
  return {
    name: clientPackageName,
    version,
    description: 'Asks Beatreel for videos: starts them, follows them, and fetches what they became.',
    license,
    type: 'module',
    engines,
    exports: { '.': { types: './dist/client/index.d.ts', default: './dist/client/index.js' } },
    files: ['dist'],
    sideEffects: false,
    dependencies: Object.fromEntries(needed),
  };
}

/** Matches imports of packages outside comments: a statement begins a line and ends with the package's name. */
const importPattern =
  /^(?:(?:import|export|\})[^'"]*from |import )['"]([^.'"][^'"]*)['"]|\bimport\(['"]([^.'"][^'"]*)['"]\)/gm;

/** The packages that compiled files and their types import. */
async function importsOf(folder: string): Promise<ReadonlySet<string>> {
  const imports = new Set<string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    for (const [, stated, dynamic] of text.matchAll(importPattern)) {
      const name = stated ?? dynamic ?? '';
      const [scope = '', rest = ''] = name.split('/');
      if (!isBuiltin(name)) imports.add(scope.startsWith('@') ? `${scope}/${rest}` : scope);
    }
  }
  return imports;
}
