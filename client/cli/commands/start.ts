import type { Command } from 'commander';

import { adviseBeforeStart } from '../advise-before-start.ts';
import type { StartedVideo } from '../../videos/start-video.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { describeResult, followVideo } from '../follow-video.ts';
import { addBriefOptions } from '../brief-options.ts';
import { type BriefFlags, readBrief } from '../read-brief.ts';
import { type CommandSession, type CommonFlags, runCommand } from '../run-command.ts';
import { type EstimateFlags, showEstimate } from '../show-estimate.ts';
import { UsageError } from '../usage-error.ts';
import { webUiAddress } from '../web-ui.ts';

interface StartFlags extends BriefFlags, CommonFlags, EstimateFlags {
  readonly dryRun?: boolean;
  readonly wait?: boolean;
}

/** `beatreel start` */
export function addStartCommand(program: Command): void {
  addBriefOptions(program.command('start'))
    .description('Start a video and print its id; options override the file.')
    .option('--dry-run', 'print the result of beatreel estimate, and start nothing')
    .option('--html <file>', 'with --dry-run: also write the storyboard as a page that prints well')
    .option('--wait', 'show the video being made, and end with it')
    .option('--json', 'print one JSON document')
    .action((flags: StartFlags) => runCommand(flags, (session) => start(session, flags)));
}

async function start(
  session: CommandSession,
  { dryRun, wait, html, ...flags }: StartFlags,
): Promise<ExitCode> {
  const { connect, output } = session;
  const brief = await readBrief(flags);
  const { videoId: givenId } = flags;
  if (dryRun === true) return showEstimate(session, brief, { videoId: givenId, html });
  if (html !== undefined) throw new UsageError('--html needs --dry-run: a start shows no storyboard.');
  const client = await connect();
  // The person who runs the command may read the files it names.
  const named = { allowLocalFiles: true, videoId: givenId };
  const started = await client.start(brief, (await adviseBeforeStart(session, brief, named)) ?? named);
  const { videoId } = started;
  const webUi = webUiAddress(client.namespace, videoId);
  const words = describeStart(started, webUi);
  if (wait !== true) {
    output.result({ ...started, webUi }, `${words}\nWatch it: beatreel watch ${videoId}`);
    return exitCodes.ok;
  }
  output.note(words);
  const result = await followVideo(session, videoId, { stay: false, printLooks: false });
  output.result(result, describeResult(result));
  return exitCodes.ok;
}

function describeStart({ videoId, alreadyStarted }: StartedVideo, webUi: string | undefined): string {
  const lines = [
    alreadyStarted ? `${videoId} was started before; nothing was started now.` : `Started ${videoId}.`,
  ];
  if (webUi !== undefined) lines.push(`Web UI: ${webUi}`);
  return lines.join('\n');
}
