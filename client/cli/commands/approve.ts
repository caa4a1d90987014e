import { type Command, Option } from 'commander';

import { type Gate, gates } from '../../../domain/gates.ts';
import { showUsd } from '../../../domain/show-usd.ts';
import type { GateView } from '../../files/read-gate.ts';
import { printable } from '../../terminal/printable.ts';
import { describePlan } from '../describe-plan.ts';
import { addEditOptions, type EditFlags, hasEdits, readEdits } from '../edit-options.ts';
import { exitCodes } from '../exit-codes.ts';
import { type CommonFlags, runCommand } from '../run-command.ts';
import { UsageError } from '../usage-error.ts';

interface JudgeFlags extends CommonFlags {
  readonly gate?: Gate;
  readonly digest?: string;
  readonly by?: string;
  readonly reason?: string;
}

/** `beatreel approve` */
export function addApproveCommand(program: Command): void {
  addJudgeOptions(program.command('approve').argument('<id>', 'id of the video'))
    .description('Let a video continue behind its gate; without options, show the content of the gate.')
    .option('--json', 'print one JSON document')
    .action((videoId: string, flags: JudgeFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const client = await connect();
        if (flags.gate === undefined && flags.digest === undefined) {
          const view = await client.gate(videoId);
          const words = view ? describeGate(view) : `Nothing of ${videoId} waits for approval.`;
          output.result(view ?? { videoId }, words);
          return exitCodes.ok;
        }
        const approval = await client.approve(videoId, namedBy(flags));
        output.result(
          { videoId, ...approval },
          `Approved: the ${approval.gate} of revision ${approval.revision}.\nWatch it: beatreel watch ${videoId}`,
        );
        return exitCodes.ok;
      }),
    );
}

/** `beatreel reject` */
export function addRejectCommand(program: Command): void {
  addJudgeOptions(addEditOptions(program.command('reject')))
    .description(
      'Reject the content of a gate: with edits, the changed video is made; without, the video ends.',
    )
    .option('--reason <text>', 'reason, for the record')
    .action((videoId: string, flags: JudgeFlags & EditFlags) =>
      runCommand(flags, async ({ connect, output }) => {
        const named = namedBy(flags);
        const edits = hasEdits(flags) ? await readEdits(flags) : undefined;
        const client = await connect();
        const { reason, keep, base } = flags;
        if (base !== undefined)
          throw new UsageError('--base is not needed: the digest names the revision that waits.');
        const answer = await client.reject(videoId, {
          ...named,
          reason,
          ...(edits ? { edits, allowLocalFiles: true } : {}),
          ...(keep ? { keep } : {}),
        });
        const words =
          'plan' in answer
            ? `${describePlan(answer)}\nWatch it: beatreel watch ${videoId}`
            : `Rejected: ${videoId} ends. Everything that was bought: beatreel ledger ${videoId}`;
        output.result({ videoId, ...answer }, words);
        return exitCodes.ok;
      }),
    );
}

function addJudgeOptions(command: Command): Command {
  return command
    .addOption(new Option('--gate <gate>', 'the gate at which the video waits').choices(gates))
    .option('--digest <digest>', 'digest of the content, as beatreel approve shows it')
    .option('--by <name>', 'your name, for the record');
}

function namedBy({ gate, digest, by }: JudgeFlags) {
  if (gate === undefined || digest === undefined)
    throw new UsageError('Say --gate and --digest; beatreel approve VIDEO shows both.');
  return { gate, digest, by };
}

function describeGate(view: GateView): string {
  const { videoId, gate, digest, revision, priceUsd, waitingSince, beats, musicPrompt, files } = view;
  const since = waitingSince === undefined ? '' : ` since ${waitingSince.slice(0, 19).replace('T', ' ')} UTC`;
  const named = `${videoId} --gate ${gate} --digest ${digest}`;
  const urlOf = (unit: string) => files.find((file) => file.unit === unit)?.url;
  const line = (text: string | undefined) => (text === undefined ? [] : [`    ${text}`]);
  return [
    `Revision ${revision} of ${videoId} waits at the gate ${gate}${since}.`,
    `Behind the gate at most ${showUsd(priceUsd)} is spent.`,
    ...beats.flatMap(({ id, title, keptSeconds, stillPrompt, motionPrompt }) => [
      `  ${id}  ${keptSeconds} s  ${printable(title)}`,
      ...line(printable(stillPrompt)),
      ...line(printable(motionPrompt)),
      ...line(urlOf(`still-${id}`)),
    ]),
    `  Music: ${printable(musicPrompt)}`,
    ...line(urlOf('score')),
    ...(urlOf('preview') === undefined ? [] : [`  Preview: ${urlOf('preview') ?? ''}`]),
    `Approve it: beatreel approve ${named} --by NAME`,
    `Change it:  beatreel reject ${named} --beat 1 --words "…"   (see beatreel reject --help)`,
    `End it:     beatreel reject ${named} --reason "…"`,
  ].join('\n');
}
