import { Runtime } from '@temporalio/worker';

/** Logs the signal that tells this process to end. */
export function logStopping(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => {
      Runtime.instance().logger.info('Stopping', { signal });
    });
}
