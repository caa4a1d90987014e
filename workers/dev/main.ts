import { installLogger } from '../logging/install-logger.ts';
import { reportFatal } from '../logging/report-fatal.ts';
import { openSession } from './open-session.ts';
import { untilStopped } from '../until-stopped.ts';

/** `npm run dev`: keeps the local stack and a worker up until Ctrl-C. */
async function main(): Promise<void> {
  installLogger();
  const stopped = untilStopped();
  const session = await openSession((sentence) => process.stderr.write(`${sentence}\n`));
  try {
    describeStack(session.stack !== undefined);
    await Promise.race([stopped, session.broken]);
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

await main().catch(reportFatal);
