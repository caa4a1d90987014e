import type { Command } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { renderProgress } from '../progress-bars.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { webUiAddress } from '../web-ui.ts';

/** `beatreel status` */
export function addStatusCommand(program: Command): void {
  program
    .command('status')
    .description('Print what a video has and what it waits for; exits with 0 however the video stands.')
    .argument('<id>', 'id of the video')
    .option('--json', 'print one JSON document')
    .action((videoId: string, flags: CommonFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        const progress = await client.status(videoId);
        const webUi = webUiAddress(client.namespace, videoId);
        const lines = renderProgress(progress, Number.POSITIVE_INFINITY);
        if (progress.status === 'parked') lines.push(`Run what failed again: beatreel retry ${videoId}`);
        if (webUi !== undefined) lines.push(`Web UI: ${webUi}`);
        output.result(progress, lines.join('\n'));
        return exitCodes.ok;
      }),
    );
}
