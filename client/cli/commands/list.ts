import { type Command, Option } from 'commander';

import { type ListablePhase, listablePhases, type ListedVideo } from '../../videos/list-videos.ts';
import { exitCodes } from '../exit-codes.ts';
import { cut, printable } from '../../terminal/printable.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import { parseWhole } from '../parse-whole.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { toColumns } from '../to-columns.ts';

interface ListFlags extends CommonFlags {
  readonly phase?: ListablePhase;
  readonly tenant?: string;
  readonly waiting?: boolean;
  readonly limit: number;
}

/** `beatreel list` */
export function addListCommand(program: Command): void {
  program
    .command('list')
    .description('List videos: open ones first, then those that ended, newest first.')
    .addOption(new Option('--phase <phase>', 'only videos in this phase or status').choices(listablePhases))
    .option('--tenant <name>', 'only those of this tenant')
    .option('--waiting', 'only those that wait for a person, those that wait longest first')
    .option('--limit <count>', 'at most so many, 1–1000', parseWhole(1, 1000), 20)
    .option('--json', 'print one JSON document')
    .action(({ phase, tenant, waiting, limit, ...common }: ListFlags) =>
      runCommand(common, async ({ connect, output }) => {
        const client = await connect();
        const videos = await client.list({
          limit,
          phase,
          tenant,
          waiting,
        });
        output.result(videos, videos.length === 0 ? 'No videos.' : toTable(videos));
        return exitCodes.ok;
      }),
    );
}

/** Characters of a reason in the table; `status` and JSON show the whole. */
const reasonWidth = 80;

function toTable(videos: readonly ListedVideo[]): string {
  const rows = videos.map(({ videoId, status, phase, beats, costUsd, startedAt, title, reason = '' }) => [
    videoId,
    status,
    phase === status || phase === undefined ? '' : phase,
    beats === undefined ? '' : String(beats),
    costUsd === undefined ? '' : showUsd(costUsd),
    startedAt.slice(0, 19).replace('T', ' '),
    printable(title ?? ''),
    cut(reason, reasonWidth),
  ]);
  return toColumns([
    ['VIDEO', 'STATUS', 'PHASE', 'BEATS', 'COST', 'STARTED (UTC)', 'TITLE', 'WHY'],
    ...rows,
  ]).join('\n');
}
