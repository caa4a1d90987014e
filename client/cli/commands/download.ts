import type { Command } from 'commander';

import { exitCodes } from '../exit-codes.ts';
import { describeProof } from '../describe-proof.ts';
import { showBytes } from '../printable.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';

interface DownloadFlags extends CommonFlags {
  readonly out: string;
}

/** `beatreel download` */
export function addDownloadCommand(program: Command): void {
  program
    .command('download')
    .description('Fetch a finished video; the file is there whole and verified, or not at all.')
    .argument('<id>', 'id of the video')
    .option('--out <file>', 'where to; a folder gets <id>.mp4', '.')
    .option('--json', 'print one JSON document')
    .action((videoId: string, { out, ...common }: DownloadFlags) =>
      runCommand(common, async ({ connect, output, signal }) => {
        const client = await connect();
        const file = await client.download(videoId, out, { signal });
        const words = `Saved ${file.path} (${showBytes(file.sizeBytes)}, sha256 ${file.sha256}).`;
        output.result({ videoId, ...file }, [words, ...describeProof(file)].join('\n'));
        return file.manifestProven ? exitCodes.ok : exitCodes.unproven;
      }),
    );
}
