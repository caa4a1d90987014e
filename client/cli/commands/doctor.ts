import type { Command } from 'commander';

import { useDevEnvironment } from '../dev-environment.ts';
import { runWorkerProgram } from '../run-worker-program.ts';

interface DoctorFlags {
  readonly fix?: boolean;
  readonly json?: boolean;
}

/** `beatreel doctor` */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Check tools, Temporal, the bucket, keys and webhooks as a worker needs them; exits with 1 if one is wrong.',
    )
    .option('--fix', 'register search attributes that are missing')
    .option('--json', 'print one JSON document')
    .action(async ({ fix, json }: DoctorFlags) => {
      useDevEnvironment(process.env);
      process.exitCode = await runWorkerProgram('doctor', [
        ...(fix === true ? ['--fix'] : []),
        ...(json === true ? ['--json'] : []),
      ]);
    });
}
