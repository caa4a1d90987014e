import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import type { Command } from 'commander';

import type { BeatreelClient, RevisionOptions } from '../../beatreel-client.ts';
import { exitCodes } from '../exit-codes.ts';
import { parseWhole } from '../parse-whole.ts';
import { describeProof } from '../describe-proof.ts';
import { showBytes } from '../../terminal/printable.ts';
import { type CommandSession, type CommonFlags, runCommand } from '../run-command.ts';
import { UsageError } from '../usage-error.ts';

interface DownloadFlags extends CommonFlags {
  readonly out: string;
  readonly force?: boolean;
  readonly revision?: number;
}

/** `beatreel download` */
export function addDownloadCommand(program: Command): void {
  program
    .command('download')
    .description('Fetch a finished video; the file is there whole and verified, or not at all.')
    .argument('<id>', 'id of the video')
    .option('--out <file>', 'target; a folder gets <id>.mp4, - is the standard output', '.')
    .option('--revision <number>', 'of this revision; default: the newest whole one', parseWhole(1))
    .option('--force', 'replace an existing file')
    .option('--json', 'print one JSON document')
    .action((videoId: string, { out, force = false, revision, ...common }: DownloadFlags) =>
      runCommand(common, async ({ connect, output, signal }) => {
        if (out === '-' && output.json) throw new UsageError('--out - leaves no place for --json.');
        const client = await connect();
        const which = revision === undefined ? {} : { revision };
        if (out === '-') {
          const written = await writeOut(client, videoId, { signal, ...which });
          for (const line of describeProof(written)) output.note(line);
          return written.manifestProven ? exitCodes.ok : exitCodes.unproven;
        }
        const file = await client.download(videoId, out, { signal, overwrite: force, ...which });
        const words = `Saved ${file.path} (${showBytes(file.sizeBytes)}, sha256 ${file.sha256}).`;
        output.result({ videoId, ...file }, [words, ...describeProof(file)].join('\n'));
        return file.manifestProven ? exitCodes.ok : exitCodes.unproven;
      }),
    );
}

/** Writes through a temporary file, so that an incomplete video writes nothing. */
async function writeOut(
  client: BeatreelClient,
  videoId: string,
  options: RevisionOptions & Pick<CommandSession, 'signal'>,
) {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-download-'));
  try {
    const file = await client.download(videoId, folder, options);
    await pipeline(createReadStream(file.path), process.stdout, { signal: options.signal, end: false });
    return file;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
