import type { Command } from 'commander';

import { explainCommand } from '../explain-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderProgress } from '../progress-bars.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { describeCancellation } from '../describe-cancellation.ts';
import type { UnitWait } from '../../../domain/explain-waits.ts';
import { printable } from '../../terminal/printable.ts';
import { webUiAddress } from '../web-ui.ts';

function describeWait({ unit, until, because }: UnitWait): string {
  return printable(`${unit} waits${until === undefined ? '' : ` until ${until}`}: ${because}`);
}

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
        const { status, waits = [], cancellation, reason, nextStep } = progress;
        lines.push(
          ...(status === 'running' ? waits.slice(1) : waits).map(describeWait),
          ...(cancellation ? [describeCancellation(cancellation)] : []),
          ...[reason, nextStep].filter((sentence) => sentence !== undefined).map(printable),
        );
        const failed = progress.phases.flatMap(({ units }) => units).find(({ failure }) => failure);
        if (failed?.failure) lines.push(explainCommand(failed.failure.type));
        if (webUi !== undefined) lines.push(`Web UI: ${webUi}`);
        output.result(progress, lines.join('\n'));
        return exitCodes.ok;
      }),
    );
}
