import { constants } from 'node:os';

import { onSignals } from '../client/terminal/on-signals.ts';

/**
 * Settles when a signal asks this process to end, or the terminal was closed. A second signal ends it at once.
 *
 * @returns the signal's conventional exit code, such as 130 for Ctrl-C
 */
export function untilStopped(): Promise<number> {
  return new Promise((stop) => {
    let isStopping = false;
    const listenNoMore = onSignals(['SIGINT', 'SIGTERM', 'SIGHUP'], (signal) => {
      stop(128 + constants.signals[signal]);
      if (isStopping) {
        listenNoMore();
        process.kill(process.pid, signal);
      }
      isStopping = true;
    });
  });
}
