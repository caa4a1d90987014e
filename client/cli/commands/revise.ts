import type { Command } from 'commander';

import { describePlan } from '../describe-plan.ts';
import { addEditOptions, type EditFlags, readEdits } from '../edit-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface ReviseFlags extends EditFlags, CommonFlags {
  readonly accept?: string;
  readonly by?: string;
  readonly reason?: string;
}

/** `beatreel plan` */
export function addPlanCommand(program: Command): void {
  addEditOptions(program.command('plan'))
    .description('Print the purchases, reused takes and highest price of a change; nothing is changed.')
    .action((videoId: string, flags: EditFlags & CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const edits = await readEdits(flags);
        const client = await connect();
        const revised = await client.planRevision(videoId, edits, optionsOf(flags));
        output.result(revised, describePlan(revised));
        return exitCodes.ok;
      }),
    );
}

/** `beatreel revise` */
export function addReviseCommand(program: Command): void {
  addEditOptions(program.command('revise'))
    .description('Change a video: existing takes are used again, and the rest is bought and made.')
    .option('--accept <digest>', 'digest of the plan that you have seen; refused if the plan has changed')
    .option('--by <name>', 'your name, for the record')
    .option('--reason <text>', 'reason, for the record')
    .action((videoId: string, { accept, by, reason, ...flags }: ReviseFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const edits = await readEdits(flags);
        const client = await connect();
        const revised = await client.revise(videoId, edits, {
          ...optionsOf(flags),
          accept,
          by,
          reason,
        });
        output.result(revised, `${describePlan(revised)}\nWatch it: beatreel watch ${videoId}`);
        return exitCodes.ok;
      }),
    );
}

function optionsOf({ base, keep }: EditFlags) {
  return {
    allowLocalFiles: true,
    base,
    keep,
  };
}
