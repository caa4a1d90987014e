import type { LogEntry } from '@temporalio/worker';

import { failureTypes } from '../../domain/failure-types.ts';
import { isFailureType } from '../../domain/failures.ts';
import type { LogLevel } from './log-format.ts';

/** From this attempt on, and every so many later, something that keeps failing is worth a look. */
const manyAttempts = 10;

/** What waits for its turn, however often. */
const pacing: ReadonlySet<unknown> = new Set([failureTypes.providerBusy, failureTypes.predictionPending]);

/**
 * The level that a line is written with. Temporal's SDK warns of every attempt that fails, although most are ordinary:
 * a turn to wait for, a host to ask again. A unit that failed for good and a video that ended say so themselves. A
 * WARN is left where somebody should look: an error that is not one of ours, or ten attempts without success.
 */
export function chooseLevel({ level, message, meta }: LogEntry): LogLevel {
  if (level !== 'WARN') return level;
  if (message === 'Workflow failed') return 'DEBUG';
  if (message !== 'Activity failed') return level;
  const { error, attempt } = meta ?? {};
  const type = (error as { readonly type?: unknown } | undefined)?.type;
  if (!isFailureType(type)) return level;
  const isStuck = Number(attempt) > 0 && Number(attempt) % manyAttempts === 0;
  return isStuck && !pacing.has(type) ? level : 'INFO';
}
