import { WorkflowNotFoundError } from '@temporalio/client';

import { accountQuery } from '../../workflows/account/account-messages.ts';
import { type Pace, paceFolder, paceSchema } from '../../domain/schemas/pace-schema.ts';
import { type AccountReport, hostAccountId } from '../../domain/permits.ts';
import { temporalCall } from '../connection/temporal-call.ts';
import { queuePrefix } from '../../domain/queue-prefix.ts';
import type { TemporalNamespace } from '../connection/temporal-namespace.ts';
import type { FileStore } from '../files/file-store.ts';

/** The order rate of one key's account. Times are milliseconds since 1970. */
export type AccountPace = Pace & { readonly account: string };

/** The known accounts at a host. */
export interface AccountStatus {
  readonly host: string;
  /** Undefined without configured limits: then no permits exist. */
  readonly permits: AccountReport | undefined;
  /** One for each key that has ordered; empty before the first order. */
  readonly paces: readonly AccountPace[];
}

/** Enough, because a worker answers from memory. */
const queryTimeoutMs = 5_000;

/** Asks the account's workflow for its permits, and reads the paces in the bucket. */
export async function readAccount(
  temporal: TemporalNamespace,
  files: FileStore,
  host: string,
): Promise<AccountStatus> {
  const [permits, paces] = await Promise.all([askForPermits(temporal, host), readPaces(files, host)]);
  return { host, permits, paces };
}

async function askForPermits(temporal: TemporalNamespace, host: string): Promise<AccountReport | undefined> {
  const prefix = queuePrefix(temporal.taskQueue);
  const handle = temporal.client.workflow.getHandle(hostAccountId(prefix, host));
  return temporalCall({ doing: `Asking for the account at ${host}`, at: temporal }, async () => {
    try {
      return await temporal.within(queryTimeoutMs, () => handle.query(accountQuery));
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  });
}

async function readPaces(files: FileStore, host: string): Promise<AccountPace[]> {
  return files.use(async (store) => {
    const paces: AccountPace[] = [];
    for await (const { key } of store.list(paceFolder(host))) {
      const pace = paceSchema.safeParse((await store.getJson(key))?.value);
      const account = key.replace(/^accounts\//, '').replace(/\.json$/, '');
      if (pace.success) paces.push({ account, ...pace.data });
    }
    return paces;
  });
}
