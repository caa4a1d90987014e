import { execa, ExecaError } from 'execa';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

import { BeatreelFailure } from '../../runtime/failures.ts';
import { hideFolders } from './hide-folders.ts';

export interface ToolCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Completes the sentence "Could not …". */
  readonly task: string;
  readonly signal?: AbortSignal | undefined;
  /** Receives what the program writes to its file descriptor 3, line by line. */
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface ToolOutput {
  readonly stdout: string;
  /** Only the end of it: {@link keptStderrChars} characters. */
  readonly stderr: string;
}

/** Enough for the summary of a filter and for the last complaints; a broken input can write megabytes. */
const keptStderrChars = 16_384;
const keptStdoutChars = 8 * 1024 * 1024;
const lastWords = 1_500;
/** ffmpeg ends within milliseconds of SIGTERM unless it hangs in a read. */
const forceKillAfterMs = 3_000;

/**
 * Runs ffmpeg or ffprobe to its end. The program sees none of our environment but `PATH` and where its libraries
 * are: it reads foreign bytes and needs no credentials.
 *
 * @throws BeatreelFailure `MediaToolFailed` with the end of stderr, folders removed; the signal's reason if aborted
 */
export async function runTool(call: ToolCall): Promise<ToolOutput> {
  call.signal?.throwIfAborted();
  const run = execa(call.program, call.args, {
    stdio: ['ignore', 'pipe', 'pipe', call.onLine === undefined ? 'ignore' : 'pipe'],
    buffer: false,
    extendEnv: false,
    env: ownEnvironment(),
    forceKillAfterDelay: forceKillAfterMs,
    ...(call.signal === undefined ? {} : { cancelSignal: call.signal }),
  });
  const stdout = keepEnd(run.stdout, keptStdoutChars);
  const stderr = keepEnd(run.stderr, keptStderrChars);
  if (call.onLine !== undefined) readLines(run.stdio[3], call.onLine);
  try {
    await run;
  } catch (error) {
    call.signal?.throwIfAborted();
    throw toFailure(error, call, stderr());
  }
  return { stdout: stdout(), stderr: stderr() };
}

function ownEnvironment(): Record<string, string> {
  const passed = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'TMPDIR'];
  return Object.fromEntries(
    passed.flatMap((name): [string, string][] => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function keepEnd(stream: Readable, limit: number): () => string {
  let kept = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    kept = (kept + text).slice(-limit);
  });
  return () => kept;
}

function readLines(stream: Readable | null | undefined, onLine: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(onLine);
  });
}

function toFailure(error: unknown, call: ToolCall, stderr: string): BeatreelFailure {
  const ending = error instanceof ExecaError ? describeEnding(error) : 'did not run';
  const said = hideFolders(stderr.trim(), call.args).slice(-lastWords);
  return new BeatreelFailure(
    'MediaToolFailed',
    `Could not ${call.task}: ${basename(call.program)} ${ending}${said === '' ? '' : `: ${said}`}`,
    { details: { exitCode: error instanceof ExecaError ? (error.exitCode ?? null) : null } },
  );
}

function describeEnding({
  exitCode,
  signal,
  code,
}: Pick<ExecaError, 'exitCode' | 'signal' | 'code'>): string {
  if (exitCode !== undefined) return `ended with code ${exitCode}`;
  if (signal !== undefined) return `was ended by ${signal}`;
  return `could not be started (${code ?? 'unknown reason'}); set FFMPEG and FFPROBE to working programs`;
}
