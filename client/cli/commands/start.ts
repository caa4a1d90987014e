import type { Command } from 'commander';

import {
  aspectRatios,
  failurePolicies,
  refusalPolicies,
  templates,
} from '../../../workflows/domain/brief.ts';
import type { StartedVideo } from '../../videos/start-video.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { describeResult, followVideo } from '../follow-video.ts';
import { type BriefFlags, readBrief } from '../read-brief.ts';
import { type CommandSession, type CommonFlags, runCommand } from '../run-command.ts';
import { webUiAddress } from '../web-ui.ts';

interface StartFlags extends BriefFlags, CommonFlags {
  readonly videoId?: string;
  readonly wait?: boolean;
}

/** `beatreel start` */
export function addStartCommand(program: Command): void {
  program
    .command('start')
    .description('Start a video and print its id; options go before what the file says.')
    .option('--brief <file>', 'JSON file with the brief; - reads the standard input')
    .option('--prompt <text>', 'what the video shows')
    .option('--duration <seconds>', 'length of the video, 5–300')
    .option('--title <text>', 'shown in listings')
    .option('--template <name>', templates.join(', '))
    .option('--aspect <ratio>', aspectRatios.join(', '))
    .option('--product-image <image>', 'a local picture, an https address, or a key of the bucket')
    .option('--still <model>', 'image model, a name of the catalogue')
    .option('--clip <model>', 'video model')
    .option('--score <model>', 'music model')
    .option('--no-music', 'no score')
    .option('--tenant <name>', 'whose video it is')
    .option('--seed <number>', '0–2147483647')
    .option('--request-id <id>', 'the same id of a tenant gives the same video: no second start')
    .option('--video-id <id>', '1–64 of a-z, 0-9 and -')
    .option('--budget <usd>', 'what the video may cost in all, in US dollars: a hard cap')
    .option('--on-failure <policy>', failurePolicies.join(', '))
    .option('--on-refusal <policy>', refusalPolicies.join(', '))
    .option('--wait', 'show the video being made, and end with it')
    .option('--json', 'print one JSON document')
    .action((flags: StartFlags) => runCommand(flags, (session) => start(session, flags)));
}

async function start(
  session: CommandSession,
  { videoId: givenId, wait, ...flags }: StartFlags,
): Promise<ExitCode> {
  const { connect, output } = session;
  const brief = await readBrief(flags);
  const client = await connect();
  const started = await client.start(brief, givenId === undefined ? {} : { videoId: givenId });
  const { videoId } = started;
  const webUi = webUiAddress(client.namespace, videoId);
  const words = describeStart(started, webUi);
  if (wait !== true) {
    output.result(
      { ...started, ...(webUi === undefined ? {} : { webUi }) },
      `${words}\nWatch it: beatreel watch ${videoId}`,
    );
    return exitCodes.ok;
  }
  output.note(words);
  const result = await followVideo(session, videoId, { stay: false, printLooks: false });
  output.result(result, describeResult(result));
  return exitCodes.ok;
}

function describeStart(
  { videoId, alreadyStarted, otherBrief }: StartedVideo,
  webUi: string | undefined,
): string {
  const lines = [
    alreadyStarted ? `${videoId} was started before; nothing was started now.` : `Started ${videoId}.`,
  ];
  if (otherBrief) lines.push('Its brief is another one than this; choose another id to make this one.');
  if (webUi !== undefined) lines.push(`Web UI: ${webUi}`);
  return lines.join('\n');
}
