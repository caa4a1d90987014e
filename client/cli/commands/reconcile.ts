import type { Command } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { parseBeat } from '../parse-beat.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface ReconcileFlags extends CommonFlags {
  readonly beat?: number | string;
  readonly unit?: string;
  readonly adopt?: string;
  readonly resubmit?: boolean;
  readonly goWithout?: boolean;
}

/** `beatreel reconcile` */
export function addReconcileCommand(program: Command): void {
  program
    .command('reconcile')
    .description('Tell a unit that says NeedsReconcile whether its host took the order, and let it go on.')
    .argument('<id>', 'id of the video')
    .option('--beat <beat>', 'the unit of this beat: its place in the story, from 1, or its id', parseBeat)
    .option('--unit <name>', 'the unit by its name in the status, e.g. chunk-b3-2')
    .option('--adopt <prediction>', 'the host did take the order: this is its prediction')
    .option('--resubmit', 'the host did not take the order: order it again')
    .option('--go-without', 'finish the video without its music, whatever happened to the order')
    .option('--json', 'print one JSON document')
    .action((videoId: string, { json = false, ...request }: ReconcileFlags) =>
      runCommand({ json }, async ({ connect, output }) => {
        const client = await connect();
        const { unit } = await client.reconcile(videoId, request);
        output.result({ videoId, unit }, `${unit} goes on.\nWatch it: beatreel watch ${videoId}`);
        return exitCodes.ok;
      }),
    );
}
