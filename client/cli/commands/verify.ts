import type { Command } from 'commander';

import type { RevisionOptions } from '../../beatreel-client.ts';
import type { VerifyReport } from '../../files/verify-report.ts';
import { exitCodes } from '../exit-codes.ts';
import { describeProof } from '../describe-proof.ts';
import { printable, showBytes } from '../../terminal/printable.ts';
import { parseWhole } from '../parse-whole.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { countOf } from '../../../domain/count-of.ts';

/** `beatreel verify` */
export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Read every file of a video again and compare it with the manifest, by its bytes.')
    .argument('<id>', 'id of the video')
    .option('--revision <number>', 'of this revision; default: the newest whole one', parseWhole(1))
    .option('--json', 'print one JSON document')
    .action((videoId: string, { revision, ...flags }: CommonFlags & RevisionOptions) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        const report = await client.verify(videoId, revision === undefined ? {} : { revision });
        output.result(report, describeReport(report));
        if (!report.ok) return exitCodes.damaged;
        return report.manifestProven ? exitCodes.ok : exitCodes.unproven;
      }),
    );
}

function describeReport(report: VerifyReport): string {
  const { videoId, ok, counts, filesChecked, bytesChecked, problems } = report;
  const { beats, stills, plannedChunks, chunks, clips } = counts;
  const lines = [
    `${countOf(beats, 'beat')}, ${countOf(stills, 'still')}; ${countOf(plannedChunks, 'planned chunk')}, ${countOf(chunks, 'chunk')}, ${countOf(clips, 'clip')}.`,
    `${countOf(filesChecked, 'file')} read, ${showBytes(bytesChecked)}.`,
    ...problems.map(({ kind, text }) => `${kind}: ${printable(text)}`),
    ok ? `${videoId} is whole.` : `${videoId} is not as it should be: ${problems.length} found.`,
    ...describeProof(report),
  ];
  return lines.join('\n');
}
