import { execa } from 'execa';

/** The result of a call of the Temporal CLI. */
export interface CliAnswer {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real Temporal CLI against the servers of the test run, which it finds by its environment. */
export async function temporalCli(...args: readonly string[]): Promise<CliAnswer> {
  const { exitCode, stdout, stderr } = await execa(process.env['TEMPORAL_CLI'] ?? 'temporal', args, {
    reject: false,
  });
  return { exitCode, stdout, stderr };
}

/** The same for a call that must succeed; parses its JSON. */
export async function temporalJson(...args: readonly string[]): Promise<unknown> {
  const { exitCode, stdout, stderr } = await temporalCli(...args, '--output', 'json');
  if (exitCode !== 0)
    throw new Error(`temporal ${args.join(' ')} ended with ${exitCode ?? 'a signal'}: ${stderr}`);
  return JSON.parse(stdout) as unknown;
}
