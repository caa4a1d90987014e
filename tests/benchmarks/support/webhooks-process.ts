import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { packageRoot } from '../../../workers/local-stack/package-root.ts';
import {
  startServerProcess,
  type RunningServer,
} from '../../../workers/local-stack/processes/start-server-process.ts';
import { waitUntilReady } from '../../../workers/local-stack/processes/wait-until-ready.ts';

/** The endpoint in a process of its own. */
export interface WebhooksProcess extends RunningServer {
  /** By which workers order webhooks. */
  readonly env: Readonly<Record<string, string>>;
}

const secret = 'benchmark-secret-of-no-value-outside-this-run';

/** Starts `npm run webhooks` without npm on a free port. @param env where it finds its servers */
export async function startWebhooksProcess(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<WebhooksProcess> {
  const logFile = join(folder, 'webhooks.log');
  const server = startServerProcess({
    name: 'The webhook endpoint',
    command: process.execPath,
    args: ['--import', 'tsx', join(packageRoot(), 'workers', 'webhooks', 'main.ts')],
    cwd: packageRoot(),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      ...env,
      BEATREEL_WEBHOOK_SECRET: secret,
      BEATREEL_WEBHOOK_PORT: '0',
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
  return /Receiving webhooks on (\S+)/.exec(await readFile(logFile, 'utf8'))?.[1];
}
