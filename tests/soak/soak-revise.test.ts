import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

test('a video that is changed at random under kills buys what its plans said, and every revision stays whole', async () => {
  const seed = String(1 + Math.floor(Math.random() * 1_000_000));
  const { stdout, stderr, exitCode } = await execa(
    process.execPath,
    [...typescriptFlags, join(packageRoot(), 'tests', 'soak', 'soak-revise.ts')].concat(
      ...[['--sequences', '1'], ['--seed', seed], ['--json']],
    ),
    { cwd: packageRoot(), reject: false },
  );

  const last = stdout.split('\n').at(-1) ?? '';
  const result = JSON.parse(last === '' ? '{}' : last) as Record<string, unknown>;
  // The soak's output names the problems, with the seed that reproduces them.
  expect({ exitCode, problems: result['problems'], stderr }).toEqual({
    exitCode: 0,
    problems: [],
    stderr: expect.stringContaining('1 of 1: ') as string,
  });
  expect(result).toMatchObject({ seed: Number(seed), sequences: 1 });
  expect(result['edits']).toBeGreaterThanOrEqual(3);
});
