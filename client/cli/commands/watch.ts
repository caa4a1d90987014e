import type { Command } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { describeResult, followVideo } from '../follow-video.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { webUiAddress } from '../web-ui.ts';

interface WatchFlags extends CommonFlags {
  readonly stay?: boolean;
}

/** `beatreel watch` */
export function addWatchCommand(program: Command): void {
  program
    .command('watch')
    .description('Show a video being made, until it has ended or waits for a person (is parked).')
    .argument('<id>', 'id of the video')
    .option('--stay', 'go on while the video waits for a person')
    .option('--json', 'print the progress as one line of JSON after every change')
    .action((videoId: string, flags: WatchFlags) =>
      runCommand(flags, async (session) => {
        const { output } = session;
        const client = await session.connect();
        const webUi = webUiAddress(client.namespace, videoId);
        if (webUi !== undefined) output.note(`Web UI: ${webUi}`);
        const result = await followVideo(session, videoId, { stay: flags.stay === true, printLooks: true });
        if (!output.json) output.result(result, describeResult(result));
        return exitCodes.ok;
      }),
    );
}
