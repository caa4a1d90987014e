import { closeLogger } from '../logging/close-logger.ts';
import { reportFatal } from '../logging/report-fatal.ts';

/**
 * Runs a program to its end. The process ends as soon as `main` has: a Temporal runtime without workers would keep it
 * alive for ever, and deaf to signals.
 *
 * @param main returns the exit code; an error it throws is reported
 * @param report reports an error in a sentence, and returns the exit code
 */
export async function runProgram(
  main: () => Promise<number>,
  report: (error: unknown) => number = reportFatal,
): Promise<never> {
  const exitCode = await main().catch(report);
  await closeLogger();
  process.exit(exitCode);
}
