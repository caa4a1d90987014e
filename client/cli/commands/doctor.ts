import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import type { Command } from 'commander';

import { useDevEnvironment } from '../dev-environment.ts';

interface DoctorFlags {
  readonly fix?: boolean;
  readonly json?: boolean;
}

/** `beatreel doctor` */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Check tools, Temporal, the bucket, keys and webhooks as a worker needs them; 1 where one is wrong.',
    )
    .option('--fix', 'register search attributes that are missing')
    .option('--json', 'print one JSON document')
    .action(async ({ fix, json }: DoctorFlags) => {
      useDevEnvironment(process.env);
      process.exitCode = await runDoctor([
        ...(fix === true ? ['--fix'] : []),
        ...(json === true ? ['--json'] : []),
      ]);
    });
}

/** A program of the workers', because it does what they do; it is found beside this one, built or not. */
async function runDoctor(args: readonly string[]): Promise<number> {
  const isSource = import.meta.url.endsWith('.ts');
  const program = new URL(`../../../workers/doctor/main.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const typescript = new URL('../../../workers/setup/typescript.mjs', import.meta.url);
  const loader = isSource ? ['--import', typescript.href] : [];
  const doctor = spawn(process.execPath, [...loader, fileURLToPath(program), ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => doctor.kill(signal));
  const [exitCode] = (await once(doctor, 'exit')) as [number | null];
  return exitCode ?? 1;
}
