import type { Command } from 'commander';

import type { RevisionOptions } from '../../beatreel-client.ts';
import type { Manifest } from '../../../domain/schemas/manifest-schema.ts';
import { countOf } from '../../../domain/count-of.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import { explainCommand } from '../explain-failure.ts';
import { exitCodes } from '../exit-codes.ts';
import { renderProgress } from '../progress-bars.ts';
import { parseWhole } from '../parse-whole.ts';
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
    .description('Print the state of a video and its waits; exits with 0 for every state.')
    .argument('<id>', 'id of the video')
    .option('--revision <number>', 'print the manifest of this revision', parseWhole(1))
    .option('--json', 'print one JSON document')
    .action((videoId: string, { revision, ...flags }: CommonFlags & RevisionOptions) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        if (revision !== undefined) {
          const manifest = await client.manifest(videoId, { revision });
          output.result(manifest, describeManifest(manifest));
          return exitCodes.ok;
        }
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

function describeManifest(manifest: Manifest): string {
  const { videoId, revision, status, title, durationSeconds, costUsd, beats, stills, chunks, video } =
    manifest;
  const approvals = (manifest.approvals ?? []).map(
    ({ gate, by = 'somebody', at }) => `  ${gate} approved by ${printable(by)}, ${at}`,
  );
  return [
    `Revision ${revision} of ${videoId} is ${status}: ${printable(title)}, ${durationSeconds} s.`,
    `${countOf(beats.length, 'beat')}, ${countOf(stills.length, 'still')}, ${countOf(chunks.length, 'chunk')}; ` +
      `${showUsd(costUsd)} for all revisions until then.`,
    ...beats.map(({ id, title: words, keptSeconds }) => `  ${id}  ${keptSeconds} s  ${printable(words)}`),
    ...approvals,
    ...(video ? [`Fetch it: beatreel download ${videoId} --revision ${revision}`] : []),
  ].join('\n');
}
