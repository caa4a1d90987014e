import type { Command } from 'commander';

import { showUsd } from '../../../domain/show-usd.ts';
import type { VideoTake } from '../../files/read-takes.ts';
import { printable } from '../../terminal/printable.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

/** `beatreel takes` */
export function addTakesCommand(program: Command): void {
  program
    .command('takes')
    .description(
      'List every take of a video, with an address to look at; addresses open the files for an hour.',
    )
    .argument('<id>', 'id of the video')
    .argument('[unit]', 'only of this unit, e.g. still-b2')
    .option('--json', 'print one JSON document')
    .action((videoId: string, unit: string | undefined, flags: CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const takes = await (await connect()).takes(videoId, unit);
        const none = unit === undefined ? 'Nothing was bought yet.' : `${unit} has no takes.`;
        output.result({ videoId, takes }, takes.length === 0 ? none : takes.map(describeTake).join('\n'));
        return exitCodes.ok;
      }),
    );
}

function describeTake({ unit, take, state, model, seed, costUsd, prompt, url }: VideoTake): string {
  const facts = [
    state,
    model,
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    costUsd === undefined ? '' : showUsd(costUsd),
  ];
  return [
    `${unit}:${take}  ${facts.filter((fact) => fact !== '').join(', ')}`,
    `  ${printable(prompt)}`,
    ...(url === undefined ? [] : [`  ${url}`]),
  ].join('\n');
}
