import { CommanderError } from 'commander';

import { createProgram } from './create-program.ts';
import { exitCodes } from './exit-codes.ts';
import { Output } from './output.ts';
import { UsageError } from './usage-error.ts';

/** The `beatreel` program. */
async function main(args: readonly string[]): Promise<void> {
  const json = args.includes('--json');
  // Hide the SDK's notices about Node versions: users of this program cannot act on them.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  // A reader that stops after the first lines (head) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.ok);
  });
  try {
    await createProgram(json).parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (json && error.exitCode !== 0)
      new Output(true).error(new UsageError(error.message.replace(/^error: /, '')));
  }
}

await main(process.argv.slice(2));
