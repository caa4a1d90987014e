import { join } from 'node:path';

import { execa } from 'execa';

import { packageRoot } from '../../workers/setup/package-root.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

test('ten kills at random moments buy nothing twice, lose nothing and leave nothing', async () => {
  const seed = String(1 + Math.floor(Math.random() * 1_000_000));
  const { stdout, stderr, exitCode } = await execa(
    process.execPath,
    [...typescriptFlags, join(packageRoot(), 'tests', 'soak', 'soak-kill.ts')].concat(
      ...[['--kills', '10'], ['--seed', seed], ['--json']],
    ),
    { cwd: packageRoot(), reject: false },
  );

  const last = stdout.split('\n').at(-1) ?? '';
  // The soak's output names the problems, with the seed that reproduces them.
  expect({
    exitCode,
    problems: (JSON.parse(last === '' ? '{}' : last) as { problems?: unknown }).problems,
    stderr,
  }).toEqual({
    exitCode: 0,
    problems: [],
    stderr: expect.stringContaining(`soak-${seed}-1: 10 kills so far, 15 creates, 0 problems`) as string,
  });
  expect(JSON.parse(last)).toMatchObject({
    kills: 10,
    unfinished: 0,
    openUploads: 0,
    leakedPermits: 0,
    live: 0,
    cancels: { createsAfter: 0 },
  });
});
