import type { Command } from 'commander';

import { addBriefOptions } from '../brief-options.ts';
import { type BriefFlags, readBrief } from '../read-brief.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { type EstimateFlags, showEstimate } from '../show-estimate.ts';

/** `beatreel estimate` */
export function addEstimateCommand(program: Command): void {
  addBriefOptions(program.command('estimate'))
    .description(
      'Print the storyboard a brief would get and the most it would cost; nothing is bought or kept.',
    )
    .option('--html <file>', 'also write it as a page that prints well')
    .option('--json', 'print one JSON document')
    .action(({ videoId, html, ...flags }: EstimateFlags & BriefFlags & CommonFlags) =>
      runCommand(flags, async (session) => showEstimate(session, await readBrief(flags), { videoId, html })),
    );
}
