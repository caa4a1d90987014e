import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { packageRoot } from '../../../workers/setup/package-root.ts';
import {
  startServerProcess,
  type RunningServer,
} from '../../../workers/dev/local-stack/processes/start-server-process.ts';
import { waitUntilReady } from '../../../workers/dev/local-stack/processes/wait-until-ready.ts';
import { typescriptFlags } from '../../../workers/setup/typescript-flags.ts';

/** The stand-in's time for each kind, in seconds. */
export interface HostLatency {
  readonly stillSeconds: number;
  readonly clipSeconds: number;
  readonly scoreSeconds: number;
}

/** The options of the stand-in's process. */
export interface StandInProcessOptions {
  readonly latency: HostLatency;
  /** `ready` has files of the size that models deliver, `cheap` small ones. Default: `cheap`. */
  readonly drawing?: 'cheap' | 'ready';
  /** The folder of its state and its log. */
  readonly folder: string;
  /** Path of the ffmpeg that draws. */
  readonly ffmpeg: string;
  /** The port on which it listens. Default: any free one. */
  readonly port?: number;
  /** How long it keeps its outputs. Default: an hour, as Replicate does. */
  readonly outputRetentionSeconds?: number;
}

/** A stand-in that answers, in a process of its own. */
export interface StandInProcess extends RunningServer {
  /** Without a slash at the end. */
  readonly origin: string;
  /** The variables by which a worker finds it. */
  readonly env: Readonly<Record<string, string>>;
}

const token = 'benchmark-token-of-no-value-outside-this-run';
const readySchema = z.object({ baseUrl: z.url() });

/** Starts a stand-in that draws one file for each kind and length, so that drawing does not distort measurements. */
export async function startStandInProcess({
  latency,
  drawing = 'cheap',
  folder,
  ffmpeg,
  port = 0,
  outputRetentionSeconds = 3600,
}: StandInProcessOptions): Promise<StandInProcess> {
  const logFile = join(folder, 'stand-in.log');
  // The lines of an earlier process would be mistaken for this one's.
  await rm(logFile, { force: true });
  const options = {
    port,
    folder,
    drawing,
    'token-env': 'STAND_IN_TOKEN',
    'still-seconds': latency.stillSeconds,
    'clip-seconds': latency.clipSeconds,
    'score-seconds': latency.scoreSeconds,
    'output-retention-seconds': outputRetentionSeconds,
  };
  const server = startServerProcess({
    name: 'The stand-in',
    command: process.execPath,
    args: [
      ...typescriptFlags,
      join(packageRoot(), 'workers', 'dev', 'stand-in', 'main.ts'),
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ],
    cwd: packageRoot(),
    env: { PATH: process.env['PATH'] ?? '', FFMPEG: ffmpeg, STAND_IN_TOKEN: token },
    logFile,
  });
  try {
    const baseUrl = await waitUntilReady({ server, check: () => readBaseUrl(logFile) });
    const { origin } = new URL(baseUrl);
    const env = { REPLICATE_BASE_URL: baseUrl, REPLICATE_API_TOKEN: token, OUTPUT_HOSTS: origin };
    return { ...server, origin, env };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function readBaseUrl(logFile: string): Promise<string | undefined> {
  const line = (await readFile(logFile, 'utf8'))
    .split('\n')
    .find((text) => text.startsWith('{') && text.endsWith('}'));
  return line === undefined ? undefined : readySchema.parse(JSON.parse(line)).baseUrl;
}
