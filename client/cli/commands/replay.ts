import type { Command } from 'commander';

import { useDevEnvironment } from '../dev-environment.ts';
import { parseWhole } from '../parse-whole.ts';
import { runWorkerProgram } from '../run-worker-program.ts';

interface ReplayFlags {
  readonly query?: string;
  readonly limit?: number;
  readonly json?: boolean;
}

/** `beatreel replay` */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description(
      'Replay the histories of videos and accounts in this build, as its workers would; exits with 1 if one would break.',
    )
    .option(
      '--query <list filter>',
      'runs to replay; default: those that workers of this build would continue',
    )
    .option('--limit <number>', 'the most finished runs to replay by default (100)', parseWhole(0, 100_000))
    .option('--json', 'print one JSON document')
    .action(async ({ query, limit, json }: ReplayFlags) => {
      useDevEnvironment(process.env);
      process.exitCode = await runWorkerProgram('replay', [
        ...(query === undefined ? [] : ['--query', query]),
        ...(limit === undefined ? [] : ['--limit', String(limit)]),
        ...(json === true ? ['--json'] : []),
      ]);
    });
}
