import { Runtime } from '@temporalio/worker';

/** The exit code after an exception outside a promise: EX_SOFTWARE of sysexits.h. */
export const crashExitCode = 70;
/** More than the grace time of workers and of the webhook endpoint: work still running then has hung. */
const endWithinMs = 45_000;
/** The most exceptions logged: one defect in a timer could fill a disk before the process ends. */
const mostLogged = 20;

/**
 * Settles at the first exception that no promise caught. From now on such an exception does not end the process in
 * the middle of its work: it is logged and counted, and the program ends in order, at most 45 s later.
 */
export function untilCrash(): Promise<void> {
  return new Promise((settle) => {
    let count = 0;
    const note = (error: unknown) => {
      count += 1;
      if (count <= mostLogged) logCrash(error, count);
      if (count > 1) return;
      process.exitCode = crashExitCode;
      setTimeout(() => process.exit(crashExitCode), endWithinMs).unref();
      settle();
    };
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
  });
}

function logCrash(error: unknown, count: number): void {
  const stack = error instanceof Error ? error.stack : undefined;
  Runtime.instance().logger.error('Exception outside a promise; this process ends in order', {
    error,
    stack,
    count,
  });
}
