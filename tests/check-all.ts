import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../workers/setup/package-root.ts';
import { typescriptFlags } from '../workers/setup/typescript-flags.ts';

const sources = ['domain', 'workflows', 'activities', 'storage', 'client', 'workers', 'tests'];

interface Check {
  readonly name: string;
  /** A program of the project's own packages, below node_modules. */
  readonly program: string;
  readonly args: readonly string[];
}

/** Checks that only read the code; the tests come last. */
const checks: readonly Check[] = [
  { name: 'Types', program: 'typescript/bin/tsc', args: ['-p', 'tsconfig.json'] },
  { name: 'Lint', program: 'eslint/bin/eslint.js', args: ['--max-warnings', '0', '.'] },
  {
    name: 'Import boundaries',
    program: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['--config', '.dependency-cruiser.cjs', ...sources],
  },
  { name: 'Dead code', program: 'knip/bin/knip.js', args: [] },
  { name: 'Client reference', program: 'typedoc/bin/typedoc', args: ['--emit', 'none'] },
  { name: 'Formatting', program: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
];

/**
 * `npm test`: every check, then every test; arguments go to jest. All checks run, so that one run names every problem;
 * the tests run only on code that passed them.
 */
async function checkAll(args: readonly string[]): Promise<number> {
  const root = packageRoot();
  const failed: string[] = [];
  for (const { name, program, args: own } of checks) {
    const startedAt = performance.now();
    const { exitCode } = await execa(process.execPath, [join(root, 'node_modules', program), ...own], {
      cwd: root,
      stdio: 'inherit',
      env: { NODE_NO_WARNINGS: '1' },
      reject: false,
    });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stderr.write(`${name}: ${exitCode === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
    if (exitCode !== 0) failed.push(name);
  }
  if (failed.length > 0) {
    process.stderr.write(`Not tested, because these failed: ${failed.join(', ')}\n`);
    return 1;
  }
  const tests = await execa(
    process.execPath,
    [...typescriptFlags, join(root, 'tests', 'run-jest.ts'), ...args],
    {
      cwd: root,
      stdio: 'inherit',
      reject: false,
    },
  );
  return tests.exitCode ?? 1;
}

process.exitCode = await checkAll(process.argv.slice(2));
