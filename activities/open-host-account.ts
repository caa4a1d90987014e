import { Context } from '@temporalio/activity';

import type { HostLimits } from '../domain/permits.ts';
import { startHostAccount } from './account/start-host-account.ts';
import { defineActivity } from './runtime/define-activity.ts';

export interface OpenAccountRequest {
  readonly host: string;
}

/**
 * Restarts the account of a host after it was terminated by hand. Safe to run again: an account that already runs is
 * only sent its limits.
 */
export function createOpenHostAccount({ hostLimits }: { readonly hostLimits: HostLimits }) {
  return defineActivity(async ({ host }: OpenAccountRequest): Promise<void> => {
    const { client, info } = Context.current();
    const prefix = info.taskQueue.replace(/-planning$/, '');
    await startHostAccount(client, { prefix, host, limits: hostLimits[host] ?? {} });
  });
}
