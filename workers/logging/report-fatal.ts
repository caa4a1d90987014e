import { BeatreelFailure } from '../../domain/beatreel-failure.ts';
import { redact } from '../../activities/runtime/secrets.ts';
import { printableLines } from '../../client/terminal/printable.ts';
import { closeLogger } from './close-logger.ts';

/** Ends a program that could not go on: one sentence where the error is ours, everything known where it is not. */
export async function reportFatal(error: unknown): Promise<void> {
  const text = error instanceof BeatreelFailure ? error.message : describe(error);
  process.stderr.write(`${printableLines(redact(text))}\n`);
  process.exitCode = 1;
  await closeLogger();
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
