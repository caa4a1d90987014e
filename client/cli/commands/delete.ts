import type { Command } from 'commander';

import { countOf } from '../../../domain/count-of.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import type { DeletedVideo } from '../../files/delete-video.ts';
import { printable, showBytes } from '../../terminal/printable.ts';
import { askYes } from '../ask-yes.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface DeleteFlags extends CommonFlags {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `beatreel delete` */
export function addDeleteCommand(program: Command): void {
  program
    .command('delete')
    .description('Delete everything of a video that has ended from the bucket; this cannot be undone.')
    .argument('<id>', 'id of the video')
    .option('--dry-run', 'only say what would be deleted')
    .option('--yes', 'do not ask')
    .option('--json', 'print one JSON document')
    .action((videoId: string, { dryRun = false, yes = false, ...flags }: DeleteFlags) =>
      runCommand(flags, async ({ connect, output, signal }) => {
        const client = await connect();
        const plan = await client.delete(videoId, { dryRun: true });
        if (dryRun) {
          output.result(plan, `Would delete ${describeDeletion(plan)}.`);
          return exitCodes.ok;
        }
        if (!yes && !(await askYes(`This deletes ${describeDeletion(plan)}.`, signal))) {
          output.note('Nothing was deleted.');
          return exitCodes.interrupted;
        }
        const deleted = await client.delete(videoId);
        output.result(deleted, `Deleted ${describeDeletion(deleted)}.`);
        return exitCodes.ok;
      }),
    );
}

/** The object of a sentence: id, number, size, date and cost. */
export function describeDeletion({
  videoId,
  objects,
  sizeBytes,
  openUploads,
  newestAt,
  spentUsd,
}: DeletedVideo): string {
  const uploads = openUploads === 0 ? '' : ` and ${countOf(openUploads, 'open upload')}`;
  return (
    `${printable(videoId)}: ${countOf(objects, 'object')} of ${showBytes(sizeBytes)}${uploads}, ` +
    `last written ${newestAt}, on which ${showUsd(spentUsd)} was spent`
  );
}
