import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

import { onSignals } from '../../client/terminal/on-signals.ts';
import { servingMessage } from './report-serving.ts';

/** A program to keep running, and the pauses before its restarts. */
export interface KeptProgram {
  /** For messages, e.g. `Worker`. */
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  /** The pause before the first restart; doubles with each one, up to `longestPauseMs`. Default 1000. */
  readonly firstPauseMs?: number;
  /** The longest pause before a restart. Default 60000. */
  readonly longestPauseMs?: number;
}

/** After serving this long, a process's next restart has the first pause again. */
const soundAfterMs = 10 * 60_000;

/**
 * Runs a program as a process of its own, and starts it again whenever it dies. A program that has never served ends
 * this one too: its settings are wrong, and a restart would not mend them. Signals are passed on.
 *
 * @param say takes one sentence
 * @returns the exit code of the process that ended for good
 */
export async function keepRunning(program: KeptProgram, say: (sentence: string) => void): Promise<number> {
  const { name, firstPauseMs = 1_000, longestPauseMs = 60_000 } = program;
  const stop = new AbortController();
  const forward = forwardSignals(stop);
  let pauseMs = firstPauseMs;
  for (let restarts = 1, hasServed = false; ; restarts += 1) {
    const run = await runOnce(program, forward);
    hasServed ||= run.hasServed;
    if (stop.signal.aborted || run.exitCode === 0 || !hasServed) return run.exitCode;
    if (run.livedMs >= soundAfterMs) pauseMs = firstPauseMs;
    say(`${name} ended with ${run.ending}; restart ${restarts} follows in ${pauseMs / 1000} s`);
    await sleep(pauseMs, undefined, { signal: stop.signal }).catch(() => undefined);
    if (isStopped(stop)) return run.exitCode;
    pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
  }
}

function isStopped({ signal }: AbortController): boolean {
  return signal.aborted;
}

interface Forward {
  to: ChildProcess | undefined;
}

function forwardSignals(stop: AbortController): Forward {
  const forward: Forward = { to: undefined };
  onSignals(['SIGTERM', 'SIGINT', 'SIGHUP'], (signal) => {
    stop.abort();
    // The terminal was closed; the program should end as on SIGTERM.
    forward.to?.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  });
  return forward;
}

interface Run {
  readonly exitCode: number;
  /** The exit code or signal, in words. */
  readonly ending: string;
  readonly hasServed: boolean;
  readonly livedMs: number;
}

async function runOnce({ args }: KeptProgram, forward: Forward): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    // A group of its own, so that Ctrl-C reaches it only once, through us.
    detached: true,
  });
  forward.to = child;
  let hasServed = false;
  child.on('message', (message) => {
    hasServed ||= message === servingMessage;
  });
  const { code, signal } = await endOf(child);
  forward.to = undefined;
  const exitCode = code ?? 1;
  const ending = signal ?? `code ${exitCode}`;
  return { exitCode, ending, hasServed, livedMs: performance.now() - began };
}

/** Waits for the end of a process; one that cannot be started counts as failed at once. */
function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  return new Promise((settle) => {
    child.once('error', () => {
      settle({ code: 1, signal: null });
    });
    child.once('exit', (code, signal) => {
      settle({ code, signal });
    });
  });
}
