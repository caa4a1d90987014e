import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

import { BeatreelFailure } from '../../../../domain/beatreel-failure.ts';
import { failureTypes } from '../../../../domain/failure-types.ts';
import type { ServerEnd, RunningServer } from './start-server-process.ts';

/** A started server and the check that it answers. */
export interface Readiness<T> {
  readonly server: RunningServer;
  /** Gives a value once the server answers; `undefined` or an error means "not yet". */
  readonly check: () => Promise<T | undefined> | T | undefined;
  /** Default 30 000: a loaded machine starts slowly, a broken server usually exits at once. */
  readonly timeoutMs?: number;
}

/** The server ended before it answered. */
export class ServerEndedEarly extends BeatreelFailure {
  /** Whether its log says that a port was taken, so that other ports are worth a try. */
  readonly portWasTaken: boolean;

  constructor(server: RunningServer, how: string, log: string) {
    super(
      failureTypes.providerUnavailable,
      `${server.name} ended before it was ready (${how}). From ${server.logFile}:\n${shorten(log)}`,
    );
    this.portWasTaken = /address already in use|is not available on|EADDRINUSE/.test(log);
  }
}

const pauseMs = 25;

/**
 * Waits for the first answer of a server.
 *
 * @throws ServerEndedEarly, or BeatreelFailure `ProviderUnavailable` when the time is over while the server still runs
 */
export async function waitUntilReady<T>({ server, check, timeoutMs = 30_000 }: Readiness<T>): Promise<T> {
  const over = new AbortController();
  try {
    return await Promise.race([
      pollUntilReady({ server, check, timeoutMs }, over.signal),
      rejectWhenEnded(server),
    ]);
  } finally {
    over.abort();
  }
}

async function pollUntilReady<T>(
  { server, check, timeoutMs }: Required<Readiness<T>>,
  over: AbortSignal,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  let cause: unknown;
  while (!over.aborted && performance.now() < deadline) {
    try {
      const answer = await check();
      if (answer !== undefined) return answer;
    } catch (error) {
      cause = error;
    }
    await delay(pauseMs);
  }
  const message = `${server.name} did not answer within ${timeoutMs / 1000} s; see ${server.logFile}.`;
  throw new BeatreelFailure(failureTypes.providerUnavailable, message, { cause });
}

async function rejectWhenEnded(server: RunningServer): Promise<never> {
  const end = await server.ended;
  throw new ServerEndedEarly(server, describeEnd(end), await readFile(server.logFile, 'utf8'));
}

function describeEnd({ code, signal, error }: ServerEnd): string {
  if (error !== undefined) return error;
  return typeof signal === 'string' ? signal : `exit code ${code ?? 'unknown'}`;
}

/** Keeps both ends of a log: a crash names its reason first and its place last. */
function shorten(log: string): string {
  const lines = log.trimEnd().split('\n');
  return lines.length <= 16 ? lines.join('\n') : [...lines.slice(0, 8), '…', ...lines.slice(-8)].join('\n');
}
