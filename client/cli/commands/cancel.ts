import type { Command } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

/** `beatreel cancel` */
export function addCancelCommand(program: Command): void {
  program
    .command('cancel')
    .description('Stop a video and what runs for it at the hosts; what exists is kept.')
    .argument('<id>', 'id of the video')
    .option('--json', 'print one JSON document')
    .action((videoId: string, flags: CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        const answer = await client.cancel(videoId);
        const words = answer.requested
          ? `Canceling ${videoId}. It first ends what runs at the hosts: beatreel watch ${videoId}`
          : `${videoId} had ended before: it is ${answer.status}.`;
        output.result({ videoId, ...answer }, words);
        return exitCodes.ok;
      }),
    );
}
