import type { Command } from 'commander';

import type { SweepReport } from '../../files/sweep-uploads.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseWhole } from '../parse-whole.ts';
import { printable } from '../../terminal/printable.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { countOf } from '../../../domain/count-of.ts';

interface SweepFlags extends CommonFlags {
  readonly olderThan: number;
  readonly dryRun?: boolean;
  readonly installRule?: boolean;
}

/** `beatreel sweep` */
export function addSweepCommand(program: Command): void {
  program
    .command('sweep')
    .description('Abort open uploads in the bucket that no running video owns.')
    .option('--older-than <hours>', 'only those begun at least so many hours ago', parseWhole(1), 24)
    .option('--dry-run', 'only say what would be aborted')
    .option('--install-rule', 'also let the store itself abort them after a day (a lifecycle rule)')
    .option('--json', 'print one JSON document')
    .action(({ olderThan, dryRun = false, installRule = false, ...common }: SweepFlags) =>
      runCommand(common, async ({ connect, output }) => {
        const client = await connect();
        const report = await client.sweep({ olderThanHours: olderThan, dryRun, installRule });
        output.result(report, describeReport(report));
        return exitCodes.ok;
      }),
    );
}

function describeReport({ aborted, kept, dryRun, olderThanHours, rule }: SweepReport): string {
  const did = dryRun ? 'Would abort' : 'Aborted';
  const young = kept.filter(({ reason }) => reason === 'young').length;
  return [
    ...aborted.map(({ key, begunAt }) => `${did} the upload to ${printable(key)}, begun ${begunAt}.`),
    `${did} ${countOf(aborted.length, 'upload')}; kept ${kept.length - young} of running videos and ${young} begun less than ${olderThanHours} h ago.`,
    ...(rule === undefined ? [] : [`The bucket's rule is ${rule}.`]),
  ].join('\n');
}
