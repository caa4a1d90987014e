import { installLogger } from '../logging/install-logger.ts';
import { readOptions } from '../programs/read-options.ts';
import { runProgram } from '../programs/run-program.ts';
import { openSession } from './open-session.ts';
import { untilStopped } from '../until-stopped.ts';

/** `npm run dev`: keeps the local stack and a worker up until Ctrl-C. */
async function main(): Promise<number> {
  readOptions('Usage: npm run dev   What it starts is set in temporal-dev.yaml.', {});
  installLogger();
  const abort = new AbortController();
  const stopped = untilStopped().then(() => {
    abort.abort();
  });
  const session = await openSession((sentence) => process.stderr.write(`${sentence}\n`), abort.signal);
  if (!session) return 0;
  try {
    describeStack(session.stack !== undefined);
    await Promise.race([stopped, session.broken]);
    return 0;
  } finally {
    await session.close();
  }
}

function describeStack(isOwn: boolean): void {
  const { env } = process;
  const lines = [
    `Temporal    ${env['TEMPORAL_ADDRESS'] ?? ''}`,
    `Web UI      ${env['TEMPORAL_UI_URL'] ?? ''}`,
    `S3          ${env['S3_ENDPOINT'] ?? 'AWS'} bucket ${env['S3_BUCKET'] ?? ''}`,
    `Model host  ${env['REPLICATE_BASE_URL'] ?? 'Replicate'}`,
    isOwn
      ? 'Start a video with: npx beatreel start --prompt TEXT --duration 15 (Ctrl-C stops everything)'
      : '',
  ];
  process.stdout.write(`${lines.filter((line) => line !== '').join('\n')}\n`);
}

await runProgram(main);
