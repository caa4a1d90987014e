import type { Command } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { parseBeat } from '../parse-beat.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface RetryFlags extends CommonFlags {
  readonly beat?: number | string;
  readonly unit?: string;
  readonly prompt?: string;
  readonly newTake?: boolean;
}

/** `beatreel retry` */
export function addRetryCommand(program: Command): void {
  program
    .command('retry')
    .description(
      'Run failed units (a still, a chunk, a clip, the score) again: all of them, those of one beat, or one by name.',
    )
    .argument('<id>', 'id of the video')
    .option('--beat <beat>', 'only units of this beat: its place in the story, from 1, or its id', parseBeat)
    .option('--unit <name>', 'only this unit, by its name in the status, e.g. chunk-b3-2')
    .option('--prompt <text>', 'send this in place of the prompt of the still or chunk; fits one unit')
    .option(
      '--new-take',
      'buy it again although it was paid for: its footage is useless, or the host lost it',
    )
    .option('--json', 'print one JSON document')
    .action((videoId: string, { json = false, ...request }: RetryFlags) =>
      runCommand({ json }, async ({ connect, output }) => {
        const client = await connect();
        const { units } = await client.retry(videoId, request);
        output.result(
          { videoId, units },
          `Running again: ${units.join(', ')}.\nWatch it: beatreel watch ${videoId}`,
        );
        return exitCodes.ok;
      }),
    );
}
