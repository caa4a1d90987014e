import { type Command, InvalidArgumentError } from 'commander';

import { countOf } from '../../../domain/count-of.ts';
import type { ExpireReport } from '../../files/expire-videos.ts';
import { printable, showBytes } from '../../terminal/printable.ts';
import { askYes } from '../ask-yes.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { describeDeletion } from './delete.ts';

interface ExpireFlags extends CommonFlags {
  readonly olderThan: number;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly installRule?: boolean;
}

/** `beatreel expire` */
export function addExpireCommand(program: Command): void {
  program
    .command('expire')
    .description('Delete everything of videos that have ended and were last written to that long ago.')
    .requiredOption('--older-than <age>', 'in days, such as 90d', parseDays)
    .option('--dry-run', 'only say what would be deleted')
    .option('--yes', 'do not ask')
    .option(
      '--install-rule',
      'also let the store itself delete objects of that age, of running videos too (a lifecycle rule)',
    )
    .option('--json', 'print one JSON document')
    .action(({ olderThan, dryRun = false, yes = false, installRule = false, ...flags }: ExpireFlags) =>
      runCommand(flags, async ({ connect, output, signal }) => {
        const client = await connect();
        const options = { olderThanDays: olderThan, installRule };
        const plan = await client.expire({ ...options, dryRun: true });
        if (dryRun) {
          output.result(plan, describeReport(plan));
          return exitCodes.ok;
        }
        const isNothing = plan.deleted.length === 0 && !installRule;
        if (!yes && !isNothing && !(await askYes(describeReport(plan), signal))) {
          output.note('Nothing was deleted.');
          return exitCodes.interrupted;
        }
        const report = await client.expire(options);
        output.result(report, describeReport(report));
        return exitCodes.ok;
      }),
    );
}

/** @returns days, 1 or more. @throws InvalidArgumentError, which commander reports with the option */
function parseDays(text: string): number {
  const days = Number(/^(\d{1,5})d?$/.exec(text)?.[1]);
  if (days >= 1) return days;
  throw new InvalidArgumentError('It must be a number of days from 1 on, such as 90d.');
}

function describeReport({ deleted, kept, dryRun, olderThanDays, rule }: ExpireReport): string {
  const did = dryRun ? 'Would delete' : 'Deleted';
  const bytes = deleted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return [
    ...deleted.map((video) => `${did} ${describeDeletion(video)}.`),
    ...kept.map(({ reason }) => printable(reason)),
    `${did} ${countOf(deleted.length, 'video')}, ${showBytes(bytes)}, not written to for ${countOf(olderThanDays, 'day')}.`,
    ...(rule === undefined
      ? []
      : [
          `The bucket's rule is ${rule}: objects below videos/ go ${countOf(olderThanDays, 'day')} after they were written, ` +
            'those of a video that still waits for a person too.',
        ]),
  ].join('\n');
}
