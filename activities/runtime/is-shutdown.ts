import { CancelledFailure } from '@temporalio/activity';

/** Whether an activity was stopped because its worker goes away, and not because the video was cancelled. */
export function isShutdown(reason: unknown): boolean {
  return reason instanceof CancelledFailure && reason.message === 'WORKER_SHUTDOWN';
}
