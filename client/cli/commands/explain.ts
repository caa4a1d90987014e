import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Command } from 'commander';

import { findPackageRoot } from '../../find-package-root.ts';
import { exitCodes } from '../exit-codes.ts';
import { findSections, listSections } from '../explain-failure.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { UsageError } from '../usage-error.ts';

/** `beatreel explain` */
export function addExplainCommand(program: Command): void {
  program
    .command('explain')
    .description('Print the meaning of a failure, the steps already taken, and your next step.')
    .argument(
      '[words...]',
      'name of a failure, such as NeedsReconcile, or words of it; without any, all names',
    )
    .option('--json', 'print one JSON document')
    .action((words: readonly string[], flags: CommonFlags) =>
      runCommand(flags, async ({ output }) => {
        const text = await readFailures();
        if (words.length === 0) {
          const names = listSections(text);
          output.result(names, names.join('\n'));
          return exitCodes.ok;
        }
        const wanted = words.join(' ');
        const found = findSections(text, wanted);
        if (found.length === 0)
          throw new UsageError(`Nothing is written about "${wanted}". All names: beatreel explain`);
        output.result(found, found.map(({ name, text: section }) => `${name}\n\n${section}`).join('\n\n'));
        return exitCodes.ok;
      }),
    );
}

async function readFailures(): Promise<string> {
  const root = findPackageRoot();
  if (root === undefined) throw new UsageError('docs/failures.md is not beside this program.');
  return readFile(join(root, 'docs', 'failures.md'), 'utf8');
}
