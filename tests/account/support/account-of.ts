import type { WorkflowHandle } from '@temporalio/client';

import { accountQuery, setLimitsSignal } from '../../../workflows/account/account-messages.ts';
import type { HostAccountStart } from '../../../workflows/account/host-account.ts';
import { hostAccountId, hostAccountType } from '../../../domain/permits.ts';
import type { AccountLimits, AccountReport } from '../../../domain/permits.ts';
import type { Fleet } from '../../support/start-fleet.ts';
import { until } from '../../support/until.ts';

/** The account of a fleet's host. */
export interface TestAccount {
  readonly handle: WorkflowHandle;
  report(): Promise<AccountReport>;
  /** Resolves with the report as soon as the condition holds. @param what names the condition */
  when(what: string, isReached: (report: AccountReport) => boolean): Promise<AccountReport>;
  /** Sends the account its limits, and starts it where there is none. */
  start(limits: AccountLimits, more?: Partial<HostAccountStart>): Promise<void>;
}

export function accountOf({ client, settings: { queues }, taskQueue }: Fleet): TestAccount {
  const workflowId = hostAccountId(queues.prefix, 'replicate');
  const handle = client.workflow.getHandle(workflowId);
  const report = () => handle.query(accountQuery);
  return {
    handle,
    report,
    when: (what, isReached) =>
      until(
        async () => {
          const found = await report().catch(() => undefined);
          return found && isReached(found) ? found : undefined;
        },
        { what: `the account: ${what}` },
      ),
    start: async (limits, more = {}) => {
      await client.workflow.signalWithStart(hostAccountType, {
        workflowId,
        taskQueue,
        args: [{ host: 'replicate', ...more }],
        signal: setLimitsSignal,
        signalArgs: [limits],
      });
    },
  };
}

/** Whether no permit is held or waited for. */
export function isIdle({ live, waiting }: AccountReport): boolean {
  return live.length === 0 && waiting.length === 0;
}
