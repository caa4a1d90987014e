import type { Command } from 'commander';

import type { AccountPace, AccountStatus } from '../../accounts/read-account.ts';
import { exitCodes } from '../exit-codes.ts';
import { printable } from '../../terminal/printable.ts';
import { readCatalogue } from '../read-catalogue.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { UsageError } from '../usage-error.ts';
import { countOf } from '../../../domain/count-of.ts';

/** `beatreel account` */
export function addAccountCommand(program: Command): void {
  program
    .command('account')
    .description('Print the held and requested permits of a host account, and its order rate.')
    .argument('[host]', 'name of the host', 'replicate')
    .option('--json', 'print one JSON document')
    .action((host: string, flags: CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const hosts = new Set((await readCatalogue(process.env)).entries.map((entry) => entry.host));
        if (!hosts.has(host))
          throw new UsageError(
            `${JSON.stringify(host)} is not a host of the catalogue: one of ${[...hosts].join(', ')}.`,
          );
        const client = await connect();
        const status = await client.account(host);
        output.result(status, describe(status).map(printable).join('\n'));
        return exitCodes.ok;
      }),
    );
}

function describe({ host, permits, paces }: AccountStatus): string[] {
  const pace = paces.length === 0 ? [`${host}: nothing was ordered yet`] : paces.map(describePace);
  if (!permits) return [...pace, 'no permits: no account limit is configured'];
  const { limits, live, waiting } = permits;
  return [
    ...pace,
    `limits: ${describeLimit(limits.stills, 'still')}, ${describeLimit(limits.chunks, 'chunk')} at a time`,
    `${countOf(live.length, 'permit')} held`,
    ...live.map(
      ({ permitId, kind, tenant, grantedAt }) =>
        `  ${permitId}  ${kind}  tenant ${tenant}  since ${grantedAt}`,
    ),
    ...waiting.map(
      ({ kind, tenant, count }) => `${countOf(count, kind.replace(/s$/, ''))} of tenant ${tenant} waiting`,
    ),
  ];
}

function describeLimit(limit: number | undefined, thing: string): string {
  return limit === undefined ? `any number of ${thing}s` : countOf(limit, thing);
}

function describePace({ account, state, periodMs, notBefore, throttledAt }: AccountPace): string {
  const throttled = throttledAt === undefined ? '' : `, last throttled ${showTime(throttledAt)}`;
  if (state === 'open') return `${account}: open${throttled}`;
  const period = periodMs === 0 ? '' : `, ${(periodMs / 1000).toFixed(1)} s apart`;
  return `${account}: one order at a time${period}, none before ${showTime(notBefore)}${throttled}`;
}

function showTime(ms: number): string {
  return new Date(ms).toISOString();
}
