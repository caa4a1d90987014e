import { ApplicationFailure, workflowInfo } from '@temporalio/workflow';

import { failureTypes } from './domain/failure-types.ts';

/**
 * Refuses a video that was started with a run or an execution timeout: Temporal ends it then without a word, and what
 * runs at the hosts goes on and costs.
 *
 * @throws ApplicationFailure InvalidRequest
 */
export function refuseTimeouts(): void {
  const { runTimeoutMs = 0, executionTimeoutMs = 0 } = workflowInfo();
  if (runTimeoutMs === 0 && executionTimeoutMs === 0) return;
  throw ApplicationFailure.nonRetryable(
    'A video takes no run timeout and no execution timeout, which would end it without cleaning up at the hosts. ' +
      'Start it without, and cancel it when it has taken long enough.',
    failureTypes.invalidRequest,
  );
}
