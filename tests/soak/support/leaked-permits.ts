import { setTimeout as pause } from 'node:timers/promises';

import type { AccountReport } from '../../../domain/permits.ts';
import { hostAccountId } from '../../../domain/permits.ts';
import { accountQuery } from '../../../workflows/account/account-messages.ts';
import type { SoakStack } from './soak-stack.ts';

/** Counts permits held or waited for although no video runs. */
export async function countLeakedPermits({ client }: SoakStack): Promise<number> {
  const account = client.workflow.getHandle(hostAccountId('beatreel', 'replicate'));
  // The last video's returned permits may still be on their way.
  const deadline = performance.now() + 5_000;
  for (;;) {
    const report = await account.query(accountQuery);
    const leaked = countPermits(report);
    if (leaked === 0 || performance.now() > deadline) return leaked;
    await pause(100);
  }
}

function countPermits({ live, waiting }: AccountReport): number {
  return waiting.reduce((sum, { count }) => sum + count, live.length);
}
