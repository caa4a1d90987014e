import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { BeatreelError } from '../../client/errors/beatreel-error.ts';
import { describeSystemError } from '../../client/terminal/describe-system-error.ts';
import { redact } from '../../activities/runtime/secrets.ts';
import { printableLines } from '../../client/terminal/printable.ts';
import { writeLine } from './write-line.ts';

/**
 * Prints why a program cannot go on: one sentence for an error of ours, all details for any other.
 *
 * @returns the exit code
 */
export function reportFatal(error: unknown): number {
  process.stderr.write(`${printableLines(redact(explain(error)))}\n`);
  return 1;
}

/** Writes the same as a log line, for a program whose standard error is its log. @returns the exit code */
export function logFatal(error: unknown): number {
  writeLine('ERROR', explain(error));
  return 1;
}

function explain(error: unknown): string {
  const isOurs = error instanceof BeatreelFailure || error instanceof BeatreelError;
  return isOurs ? error.message : (describeSystemError(error) ?? describe(error));
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
