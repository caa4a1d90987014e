import type { Client } from '@temporalio/client';

import {
  type AccountLimits,
  hostAccountId,
  hostAccountType,
  setLimitsSignalName,
} from '../../domain/permits.ts';

/** An account, and its worker's configuration. */
export interface AccountToStart {
  /** The prefix of the fleet's queues. */
  readonly prefix: string;
  readonly host: string;
  readonly limits: AccountLimits;
}

/** Sends the account of a host its limits, and starts it where there is none. Safe to run again. */
export async function startHostAccount(
  client: Client,
  { prefix, host, limits }: AccountToStart,
): Promise<void> {
  await client.workflow.signalWithStart(hostAccountType, {
    workflowId: hostAccountId(prefix, host),
    taskQueue: `${prefix}-orchestrator`,
    staticSummary: `permits of the account at ${host}`,
    args: [{ host }],
    signal: setLimitsSignalName,
    signalArgs: [limits],
  });
}
