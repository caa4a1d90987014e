import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../workers/setup/package-root.ts';
import { typescriptFlags } from '../workers/setup/typescript-flags.ts';

/**
 * `npm run test:node24`: the same tests on Node 24, which is installed from npm into Beatreel's own folder.
 * `NODE24` names another one.
 */
async function runOnNode24(args: readonly string[]): Promise<number> {
  const root = packageRoot();
  const node = process.env['NODE24'] ?? (await installNode24(root));
  const { stdout } = await execa(node, ['--version']);
  if (!stdout.startsWith('v24.')) throw new Error(`${node} is Node ${stdout}; the tests repeat on Node 24.`);
  process.stderr.write(`Testing on Node ${stdout}\n`);
  const tests = await execa(node, [...typescriptFlags, join(root, 'tests', 'run-jest.ts'), ...args], {
    cwd: root,
    stdio: 'inherit',
    // Programs that a test starts by name must use the same Node.
    env: { PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` },
    reject: false,
  });
  return tests.exitCode ?? 1;
}

async function installNode24(root: string): Promise<string> {
  const folder = join(root, '.beatreel', 'node24');
  const binary = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (existsSync(binary)) return binary;
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(root, 'tests', 'node24', file), join(folder, file));
  }
  await execa('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdout: 'ignore',
    stderr: 'inherit',
  });
  if (existsSync(binary)) return binary;
  throw new Error(`npm has no Node 24 for ${process.platform} ${process.arch}; set NODE24 to one of yours.`);
}

process.exitCode = await runOnNode24(process.argv.slice(2));
