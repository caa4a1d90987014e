import type { LogEntry } from '@temporalio/worker';
import { DefaultLogger, Runtime } from '@temporalio/worker';

let entries: LogEntry[] | undefined;

/**
 * Keeps warnings and worse of this test file's workers instead of writing them. Call it before any connection is made.
 */
export function captureLogs(): readonly LogEntry[] {
  if (entries) return entries;
  const kept: LogEntry[] = [];
  entries = kept;
  Runtime.install({
    logger: new DefaultLogger('WARN', (entry) => kept.push(entry)),
    shutdownSignals: [],
    telemetryOptions: { logging: { forward: {}, filter: { core: 'ERROR', other: 'ERROR' } } },
  });
  return kept;
}
