import { workflowInfo } from '@temporalio/workflow';

import { isAccountId } from '../domain/permits.ts';
import { queuePrefix } from '../domain/queue-prefix.ts';
import { isUndecodable } from './guards.ts';
import { refused } from './unit-failure.ts';

/**
 * Refuses a start that no activity can check: a brief that cannot be decoded, an id that belongs to another workflow of
 * ours, or a run or execution timeout, at which Temporal would silently end the video while predictions run on.
 *
 * @throws ApplicationFailure InvalidRequest
 */
export function refuseStart(input: unknown): void {
  const { workflowId, taskQueue, runTimeoutMs = 0, executionTimeoutMs = 0 } = workflowInfo();
  if (isAccountId(queuePrefix(taskQueue), workflowId))
    throw refused(`The id ${workflowId} is that of a host account; choose another one for the video.`);
  if (runTimeoutMs > 0 || executionTimeoutMs > 0)
    throw refused(
      'A video takes no run timeout and no execution timeout, which would end it without cleaning up at the hosts. ' +
        'Start it without, and cancel it when it has taken long enough.',
    );
  if (isUndecodable(input))
    throw refused(
      `The brief cannot be decoded (${input.undecodable}): send one JSON object, encoded as json/plain.`,
    );
}
