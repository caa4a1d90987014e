import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../../workers/setup/package-root.ts';
import {
  startServerProcess,
  type RunningServer,
} from '../../../workers/dev/local-stack/processes/start-server-process.ts';
import { waitUntilReady } from '../../../workers/dev/local-stack/processes/wait-until-ready.ts';
import { typescriptFlags } from '../../../workers/setup/typescript-flags.ts';

/** The endpoint in a process of its own. */
export interface WebhooksProcess extends RunningServer {
  /** The variables that make workers order webhooks. */
  readonly env: Readonly<Record<string, string>>;
}

const secret = 'benchmark-secret-of-no-value-outside-this-run';

/**
 * Starts `npm run webhooks` without npm.
 *
 * @param env names its servers, and optionally its port; default: any free one
 */
export async function startWebhooksProcess(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<WebhooksProcess> {
  const logFile = join(folder, 'webhooks.log');
  // The lines of an earlier process would be mistaken for this one's.
  await rm(logFile, { force: true });
  const server = startServerProcess({
    name: 'The webhook endpoint',
    command: process.execPath,
    args: [...typescriptFlags, join(packageRoot(), 'workers', 'webhooks', 'main.ts')],
    cwd: packageRoot(),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      BEATREEL_WEBHOOK_PORT: '0',
      ...env,
      BEATREEL_WEBHOOK_SECRET: secret,
    },
    logFile,
  });
  try {
    const address = await waitUntilReady({ server, check: () => readAddress(logFile) });
    return {
      ...server,
      env: { BEATREEL_WEBHOOK_URL: `http://${address}`, BEATREEL_WEBHOOK_SECRET: secret },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function readAddress(logFile: string): Promise<string | undefined> {
  return /"Receiving webhooks".*?"address":"([^"]+)"/.exec(await readFile(logFile, 'utf8'))?.[1];
}
