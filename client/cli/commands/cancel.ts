import type { Command } from 'commander';

import type { VideoProgress } from '../../../domain/progress.ts';
import type { BeatreelClient } from '../../beatreel-client.ts';
import { describeCancellation } from '../describe-cancellation.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface CancelFlags extends CommonFlags {
  readonly wait?: boolean;
}

/** `beatreel cancel` */
export function addCancelCommand(program: Command): void {
  program
    .command('cancel')
    .description('Stop a video and its predictions at the hosts; existing files are kept.')
    .argument('<id>', 'id of the video')
    .option(
      '--wait',
      'wait for its end, and print its cost, the savings, and predictions that could not be stopped',
    )
    .option('--json', 'print one JSON document')
    .action((videoId: string, { wait = false, ...flags }: CancelFlags) =>
      runCommand(flags, async ({ connect, output, signal }) => {
        const client = await connect();
        const answer = await client.cancel(videoId);
        if (wait && answer.requested) {
          const { status, cancellation } = await untilEnded(client, videoId, signal);
          const end = `${videoId} is ${status}.`;
          const report = cancellation ? ` ${describeCancellation(cancellation)}` : '';
          output.result({ videoId, requested: true, status, cancellation }, `${end}${report}`);
          return exitCodes.ok;
        }
        const { cancellation: cleanedUp } = answer;
        const words = answer.requested
          ? `Canceling ${videoId}. It first ends what runs at the hosts: beatreel status ${videoId}`
          : `${videoId} had ended before: it is ${answer.status}.` +
            (cleanedUp ? ` ${describeCancellation(cleanedUp)}` : '');
        output.result({ videoId, ...answer }, words);
        return exitCodes.ok;
      }),
    );
}

async function untilEnded(
  client: BeatreelClient,
  videoId: string,
  signal: AbortSignal,
): Promise<VideoProgress> {
  let last = await client.status(videoId);
  for await (const progress of client.watch(videoId, { signal })) last = progress;
  return last;
}
