import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';

import { packageRoot } from '../../../setup/package-root.ts';
import type { HeldLock } from '../../../tools/hold-lock.ts';

/** A program to run as a server. */
export interface ServerCommand {
  /** For messages, such as `Temporal`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment; nothing is inherited, so no setting of the user's reaches the server by accident. */
  readonly env: Readonly<Record<string, string>>;
  /** Both output streams are appended here; its folder is created when absent. */
  readonly logFile: string;
  /** Files the program leaves behind when it is killed; removed after its end. */
  readonly leftovers?: readonly string[];
  /** Released when the server has ended. */
  readonly lock?: HeldLock | undefined;
  /** Milliseconds from SIGTERM to SIGKILL. Default 5000: every server here stops within 2 seconds or has hung. */
  readonly graceMs?: number;
}

/** The end of a server: its exit code, the signal, or the error of its start. */
export interface ServerEnd {
  readonly code?: number | null;
  readonly signal?: string | null;
  readonly error?: string;
}

/** A running server. It ends with `stop`, and also when this process ends in whatever way. */
export interface RunningServer {
  readonly name: string;
  /** Process group of the server, its supervisor and everything they started. */
  readonly groupId: number;
  readonly logFile: string;
  /** Settles when the server has ended and the rest of its group was sent SIGKILL; never rejects. */
  readonly ended: Promise<ServerEnd>;
  /** SIGTERM, after a grace SIGKILL; resolves with `ended`. May be called again. */
  stop(): Promise<void>;
}

const defaultGraceMs = 5000;
/** How long after its SIGKILL the supervisor may take to end before it counts as hung itself. */
const supervisorGraceMs = 2000;

const running = new Set<RunningServer>();
let isEnding = false;

/** Stops every server of this process, also those that do not answer yet, and prevents further starts. */
export async function endServers(): Promise<void> {
  isEnding = true;
  await Promise.all([...running].map((server) => server.stop()));
}

/** Starts a server in a process group of its own, so that Ctrl-C reaches us alone and we stop servers in order. */
export function startServerProcess(server: ServerCommand): RunningServer {
  if (isEnding) throw new Error(`${server.name} is not started any more: this process ends.`);
  const supervisor = spawnSupervisor(server);
  const groupId = supervisor.pid;
  if (groupId === undefined)
    throw new Error(`${server.name} could not be started: ${process.execPath} does not run.`);
  const ended = awaitEnd(supervisor, groupId).then(async (end) => {
    await server.lock?.release();
    running.delete(started);
    return end;
  });
  const started: RunningServer = {
    name: server.name,
    groupId,
    logFile: server.logFile,
    ended,
    async stop() {
      supervisor.stdin?.destroy();
      const hung = setTimeout(
        () => {
          killGroup(groupId);
        },
        (server.graceMs ?? defaultGraceMs) + supervisorGraceMs,
      );
      await ended;
      clearTimeout(hung);
    },
  };
  running.add(started);
  return started;
}

function spawnSupervisor(server: ServerCommand): ChildProcess {
  const { command, args, cwd, env, logFile, leftovers = [], graceMs = defaultGraceMs } = server;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a');
  const supervise = join(packageRoot(), 'workers', 'dev', 'local-stack', 'processes', 'supervise.mjs');
  try {
    return spawn(
      process.execPath,
      [supervise, String(graceMs), JSON.stringify(leftovers), command, ...args],
      {
        cwd,
        env,
        detached: true,
        stdio: ['pipe', log, log, 'pipe'],
      },
    );
  } finally {
    closeSync(log);
  }
}

async function awaitEnd(supervisor: ChildProcess, groupId: number): Promise<ServerEnd> {
  const report = (supervisor.stdio[3] as Readable).setEncoding('utf8');
  let text = '';
  report.on('data', (chunk: string) => (text += chunk));
  // A pipe to a killed process reports an error that adds nothing to the exit.
  supervisor.stdin?.on('error', () => undefined);
  report.on('error', () => undefined);
  const outcome = await Promise.race([
    once(supervisor, 'exit').then(([code, signal]: unknown[]) => ({ code, signal }) as ServerEnd),
    once(supervisor, 'error').then(([error]: unknown[]) => ({ error: String(error) })),
  ]);
  supervisor.stdin?.destroy();
  // The supervisor usually ends its group; this covers a killed supervisor.
  killGroup(groupId);
  if (!report.readableEnded && !report.destroyed) await once(report, 'close');
  return text === '' ? outcome : (JSON.parse(text) as ServerEnd);
}

function killGroup(groupId: number): void {
  try {
    process.kill(-groupId, 'SIGKILL');
  } catch {
    // No process of the group is left.
  }
}
