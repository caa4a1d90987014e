import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs one of the workers' programs, because it shares their code; the program lies next to this one, built or not.
 *
 * @param name of its folder
 * @returns its exit code
 */
export async function runWorkerProgram(name: 'doctor' | 'replay', args: readonly string[]): Promise<number> {
  const isSource = import.meta.url.endsWith('.ts');
  const program = new URL(`../../workers/${name}/main.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const typescript = new URL('../../workers/setup/typescript.mjs', import.meta.url);
  const loader = isSource ? ['--import', typescript.href] : [];
  const child = spawn(process.execPath, [...loader, fileURLToPath(program), ...args], { stdio: 'inherit' });
  const [exitCode] = (await once(child, 'exit')) as [number | null];
  return exitCode ?? 1;
}
