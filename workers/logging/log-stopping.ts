import { Runtime } from '@temporalio/worker';

/** Says in the log that this process was told to end, and by which signal. */
export function logStopping(): void {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
    process.once(signal, () => {
      Runtime.instance().logger.info('Stopping', { signal });
    });
}
