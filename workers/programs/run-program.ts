import { closeLogger } from '../logging/close-logger.ts';
import { reportFatal } from '../logging/report-fatal.ts';

/**
 * Runs a program to its end. The process ends as soon as `main` has: a Temporal runtime that serves no worker would keep
 * it alive for ever, and deaf to signals.
 *
 * @param main gives the exit code; what it throws is told in a sentence, and the code is 1
 * @param report tells that sentence, and says the code
 */
export async function runProgram(
  main: () => Promise<number>,
  report: (error: unknown) => number = reportFatal,
): Promise<never> {
  const exitCode = await main().catch(report);
  await closeLogger();
  process.exit(exitCode);
}
