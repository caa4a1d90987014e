import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { BeatreelError } from '../../client/errors/beatreel-error.ts';
import { describeSystemError } from '../../client/terminal/describe-system-error.ts';
import { redact } from '../../activities/runtime/secrets.ts';
import { printableLines } from '../../client/terminal/printable.ts';

/**
 * Tells why a program cannot go on: one sentence where the error is ours, everything known where it is not.
 *
 * @returns the exit code
 */
export function reportFatal(error: unknown): number {
  const isOurs = error instanceof BeatreelFailure || error instanceof BeatreelError;
  const text = isOurs ? error.message : (describeSystemError(error) ?? describe(error));
  process.stderr.write(`${printableLines(redact(text))}\n`);
  return 1;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
