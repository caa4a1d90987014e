import { type Command, InvalidArgumentError } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { countOf } from '../../../domain/count-of.ts';

/** `beatreel raise-budget` */
export function addRaiseBudgetCommand(program: Command): void {
  program
    .command('raise-budget')
    .description('Raise the budget of a video; the amount covers the whole video, including spent money.')
    .argument('<id>', 'id of the video')
    .argument('<usd>', 'the new budget in US dollars', parseUsd)
    .option('--json', 'print one JSON document')
    .action((videoId: string, usd: number, flags: CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        const budget = await client.raiseBudget(videoId, usd);
        const { capUsd = usd, spentUsd, reservedUsd, waiting, neededUsd } = budget;
        const words =
          `The budget of ${videoId} is ${showUsd(capUsd)}: ${showUsd(spentUsd)} spent, ` +
          `${showUsd(reservedUsd)} set aside, ${countOf(waiting.length, 'purchase')} still waiting.` +
          (neededUsd === undefined ? '' : ` The next one needs a budget of ${showUsd(neededUsd)}.`);
        output.result({ videoId, ...budget }, words);
        return exitCodes.ok;
      }),
    );
}

function parseUsd(text: string): number {
  const usd = Number(text);
  if (text.trim() !== '' && Number.isFinite(usd) && usd > 0) return usd;
  throw new InvalidArgumentError('an amount in US dollars, more than 0, e.g. 2.50.');
}
