import { resolve } from 'node:path';
import { execa } from 'execa';

/** The result of one run of the program. */
export interface CliRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** The standard output, which must be one JSON document. */
  json(): unknown;
}

export type CliEnvironment = Readonly<Record<string, string>>;

/** Runs the launcher from source in a process of its own, with no variables but these. */
export function spawnCli(env: CliEnvironment, args: readonly string[]) {
  return execa(process.execPath, [resolve('client/cli/beatreel.mjs'), ...args], {
    extendEnv: false,
    env: { PATH: process.env['PATH'] ?? '', BEATREEL_FROM_SOURCE: '1', NODE_NO_WARNINGS: '1', ...env },
    reject: false,
    // A program that hangs would hang the test.
    timeout: 300_000,
  });
}

export async function runCli(env: CliEnvironment, args: readonly string[]): Promise<CliRun> {
  const { exitCode, stdout, stderr } = await spawnCli(env, args);
  return { exitCode, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}
