import type { Command } from 'commander';

import { adviseOnPlanner } from '../advise-before-start.ts';
import { addBriefOptions } from '../brief-options.ts';
import { describeEstimate } from '../describe-estimate.ts';
import { exitCodes } from '../exit-codes.ts';
import { type BriefFlags, readBrief } from '../read-brief.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface EstimateFlags extends BriefFlags, CommonFlags {
  readonly videoId?: string;
}

/** `beatreel estimate` */
export function addEstimateCommand(program: Command): void {
  addBriefOptions(program.command('estimate'))
    .description(
      'Print the storyboard a brief would get and the most it would cost; nothing is bought or kept.',
    )
    .option('--json', 'print one JSON document')
    .action(({ videoId, ...flags }: EstimateFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const brief = await readBrief(flags);
        const client = await connect();
        const named = videoId === undefined ? {} : { videoId };
        const estimate = await client.estimate(brief, { ...named, allowLocalFiles: true });
        adviseOnPlanner(estimate, output);
        output.result(estimate, describeEstimate(estimate));
        return exitCodes.ok;
      }),
    );
}
