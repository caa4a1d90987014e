import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { redact } from '../../activities/runtime/secrets.ts';
import { printableLines } from '../../client/terminal/printable.ts';

/**
 * Tells why a program cannot go on: one sentence where the error is ours, everything known where it is not.
 *
 * @returns the exit code
 */
export function reportFatal(error: unknown): number {
  const text = error instanceof BeatreelFailure ? error.message : describe(error);
  process.stderr.write(`${printableLines(redact(text))}\n`);
  return 1;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
