import type { LogEntry } from '@temporalio/worker';

import { failureTypes } from '../../domain/failure-types.ts';
import { isFailureType } from '../../domain/failures.ts';
import type { LogLevel } from './log-format.ts';

/** Failed attempts after which a WARN is written, and again after as many more. */
const manyAttempts = 10;

/** Failures that only wait for their turn, however often. */
const pacing: ReadonlySet<unknown> = new Set([failureTypes.providerBusy, failureTypes.predictionPending]);

/**
 * Chooses the level of a line. Temporal's SDK warns of every failed attempt, although most are ordinary: a turn to wait
 * for, a host to ask again. A unit that failed for good and a video that ended have their own lines. A WARN stays only
 * where an operator should look: for an error that is not ours, or after ten attempts without success.
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
