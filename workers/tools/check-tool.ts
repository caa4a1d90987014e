import { execa, ExecaError } from 'execa';

import { toolSpecs, type ToolName, type ToolSpec } from './tool-specs.ts';

/** A tool that runs and is new enough, or the reason why it will not do. */
export type ToolCheck = { readonly version: string } | { readonly fault: string };

/** The time-out for a version, in milliseconds; a real tool takes a tenth of a second. */
const timeoutMs = 20_000;

/** Runs the tool at `path` and judges its version and what it was built with. Changes nothing. */
export async function checkTool(name: ToolName, path: string): Promise<ToolCheck> {
  const spec = toolSpecs[name];
  try {
    const { stdout } = await run(path, spec.versionArguments);
    const version = spec.versionPattern.exec(stdout)?.[1];
    if (version === undefined) return { fault: `does not say that it is ${name}` };
    if (isTooOld(version, spec.minimum))
      return { fault: `is version ${version}; ${spec.minimum.join('.')} or later is needed` };
    const missing = await missingEncoders(path, spec);
    return missing.length === 0 ? { version } : { fault: `was built without ${missing.join(', ')}` };
  } catch (error) {
    if (error instanceof ExecaError) return { fault: `does not run (${error.originalMessage})` };
    throw error;
  }
}

/** Nightly builds of ffmpeg carry a date or a commit instead of a number; they are newer than any release. */
function isTooOld(version: string, [major, minor]: ToolSpec['minimum']): boolean {
  const numbers = /^(\d+)\.(\d+)/.exec(version);
  if (numbers === null) return false;
  const [, givenMajor = 0, givenMinor = 0] = numbers.map(Number);
  return givenMajor < major || (givenMajor === major && givenMinor < minor);
}

async function missingEncoders(path: string, { encoders }: ToolSpec): Promise<string[]> {
  if (encoders.length === 0) return [];
  const { stdout } = await run(path, ['-hide_banner', '-encoders']);
  const built = new Set(stdout.split('\n').map((line) => line.trim().split(/\s+/)[1]));
  return encoders.filter((encoder) => !built.has(encoder));
}

async function run(path: string, args: readonly string[]): Promise<{ stdout: string }> {
  return execa(path, args, { timeout: timeoutMs, stdin: 'ignore', maxBuffer: 10_000_000 });
}
