import { mkdir, readFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { z } from 'zod';

import type { DevConfig } from '../../configuration/dev-config.ts';
import { packageRoot } from '../../setup/package-root.ts';
import { releasePorts } from './processes/free-ports.ts';
import { keepPort } from './processes/keep-port.ts';
import { lockServerData } from './processes/lock-server-data.ts';
import { retryOnTakenPort } from './processes/retry-on-taken-port.ts';
import { startServerProcess, type RunningServer } from './processes/start-server-process.ts';
import { waitUntilReady } from './processes/wait-until-ready.ts';
import { typescriptFlags } from '../../setup/typescript-flags.ts';

/** The options of the stand-in's process. */
export interface StandInProcessOptions {
  readonly config: DevConfig['standIn'];
  /** Path of the ffmpeg that draws. */
  readonly ffmpeg: string;
  /** The token that its clients must present, like an API token at the real host. */
  readonly token: string;
  /** Folder that relative paths of the configuration start from. */
  readonly root: string;
  readonly logFolder: string;
  /** The program. Default: Beatreel's own stand-in. */
  readonly program?: string | undefined;
}

/** A stand-in that answers. */
export interface LocalStandIn extends RunningServer {
  /** The base address of Replicate's API, without a slash at the end. */
  readonly baseUrl: string;
  readonly token: string;
}

const tokenVariable = 'STAND_IN_TOKEN';

const readySchema = z.object({ baseUrl: z.url() });

/**
 * Starts the stand-in as a process of its own, so that a test can kill a worker and leave the host alone.
 *
 * @throws BeatreelFailure when it does not answer, or another stand-in has the folder open
 */
export async function startStandIn(options: StandInProcessOptions): Promise<LocalStandIn> {
  return retryOnTakenPort(async () => {
    const port = await keepPort(options.root, { name: 'stand-in', setting: options.config.port });
    try {
      return await startOnPort(options, port);
    } finally {
      await releasePorts([port]);
    }
  });
}

async function startOnPort(options: StandInProcessOptions, port: number): Promise<LocalStandIn> {
  const { config, token, logFolder } = options;
  const folder = resolve(options.root, config.folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const program = options.program ?? standInProgram();
  const logFile = join(logFolder, 'stand-in.log');
  const lock = await lockServerData({ server: 'The stand-in', path: folder, setting: 'standIn.folder' });
  const server = startServerProcess({
    name: 'The stand-in',
    command: process.execPath,
    args: [...loader(program), program, ...buildArguments(config, { folder, port })],
    // Node finds the TypeScript loader from this folder.
    cwd: packageRoot(),
    env: { PATH: process.env['PATH'] ?? '', FFMPEG: options.ffmpeg, [tokenVariable]: token },
    logFile,
    lock,
  });
  try {
    const baseUrl = await waitUntilReady({ server, check: () => readBaseUrl(logFile) });
    return { ...server, baseUrl: baseUrl.replace(/\/$/, ''), token };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function buildArguments(
  config: DevConfig['standIn'],
  at: { readonly folder: string; readonly port: number },
): string[] {
  const flags = {
    ...at,
    // Only the variable's name, because all users can read a command line.
    'token-env': tokenVariable,
    'still-seconds': config.stillSeconds,
    'clip-seconds': config.clipSeconds,
    'score-seconds': config.scoreSeconds,
  };
  return Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
}

/** The program's path: TypeScript beside TypeScript, compiled beside compiled. */
function standInProgram(): string {
  const here = fileURLToPath(import.meta.url);
  return join(dirname(here), '..', 'stand-in', `main${extname(here)}`);
}

function loader(program: string): readonly string[] {
  return program.endsWith('.ts') ? typescriptFlags : [];
}

/** Reads the base address from the first line of JSON in its log. */
async function readBaseUrl(logFile: string): Promise<string | undefined> {
  const lines = (await readFile(logFile, 'utf8')).split('\n').slice(0, -1);
  for (const line of lines) {
    if (!line.startsWith('{')) continue;
    const ready = readySchema.safeParse(JSON.parse(line));
    if (ready.success) return ready.data.baseUrl;
  }
  return undefined;
}
