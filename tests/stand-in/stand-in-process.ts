import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent } from 'undici';
import { ffmpegPath } from './media-tools.ts';
import { createApi } from './stand-in-harness.ts';
import type { ChildProcess } from 'node:child_process';
import type { Api } from './stand-in-harness.ts';
import { typescriptFlags } from '../../workers/setup/typescript-flags.ts';

const main = join(import.meta.dirname, '../../workers/dev/stand-in/main.ts');

/** A stand-in in a process of its own. */
export interface StandInProcess {
  readonly api: Api;
  readonly port: number;
  /** Ends it; resolves to its exit code, null after a SIGKILL. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<number | null>;
}

/** Starts a process on the test's folder. */
export type StartProcess = (port?: number, more?: readonly string[]) => Promise<StandInProcess>;

/** Runs a test that starts processes on one folder; whatever happens, all of them are ended. */
export async function withProcesses(
  test: (start: StartProcess, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'beatreel-restart-'));
  const children: ChildProcess[] = [];
  const agent = new Agent();
  const start: StartProcess = async (port = 0, more = []) => {
    const options = ['--port', String(port), '--folder', folder, '--drawing', 'cheap', ...more];
    const child = spawn(process.execPath, [...typescriptFlags, main, ...options], {
      env: { ...process.env, FFMPEG: ffmpegPath, STAND_IN_TOKEN: 'secret' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    const listening = JSON.parse(await firstLine(child)) as { baseUrl: string; port: number };
    const api = createApi(listening.baseUrl.replace(/\/v1$/, ''), agent);
    return { api, port: listening.port, end: (signal) => end(child, signal) };
  };
  try {
    await test(start, folder);
  } finally {
    await Promise.all(children.map((child) => end(child, 'SIGKILL')));
    await agent.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }
  return child.exitCode;
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.once('data', (bytes: Buffer) => {
      resolve(bytes.toString());
    });
    child.once('exit', (code) => {
      reject(new Error(`The stand-in ended with ${String(code)} before it listened`));
    });
  });
}
