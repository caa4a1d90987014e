import { Client, WorkflowNotFoundError } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';

import { startHostAccount } from '../activities/account/start-host-account.ts';
import { hostAccountId, setLimitsSignalName } from '../domain/permits.ts';
import type { WorkerSettings } from './configuration/worker-settings.ts';

/**
 * Sends the accounts of all hosts the limits of this worker's configuration. Starts an account only where there are
 * limits; an account left from earlier limits is told that there are none.
 */
export async function startHostAccounts(
  connection: NativeConnection,
  namespace: string,
  { hosts, queues: { prefix } }: Pick<WorkerSettings, 'hosts' | 'queues'>,
): Promise<void> {
  const client = new Client({ connection, namespace });
  for (const [host, limits] of Object.entries(hosts)) {
    if (Object.keys(limits).length > 0) await startHostAccount(client, { prefix, host, limits });
    else await liftLimits(client, hostAccountId(prefix, host));
  }
}

async function liftLimits(client: Client, accountId: string): Promise<void> {
  try {
    await client.workflow.getHandle(accountId).signal(setLimitsSignalName, {});
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
