import { execa, ExecaError } from 'execa';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';

import { BeatreelFailure } from '../../../domain/beatreel-failure.ts';
import { hideFolders } from './hide-folders.ts';
import { keepComplaints } from './keep-complaints.ts';
import { watchProgress } from './watch-progress.ts';

export interface ToolCall {
  readonly program: string;
  readonly args: readonly string[];
  /** Completes the sentence "Could not …". */
  readonly task: string;
  readonly signal?: AbortSignal | undefined;
  /** Receives what the program writes to its file descriptor 3, line by line. */
  readonly onLine?: ((line: string) => void) | undefined;
  /** See {@link MediaTools.stallAfterMs}. */
  readonly stallAfterMs?: number | undefined;
}

export interface ToolOutput {
  readonly stdout: string;
  /** Only the end of it: {@link keptStderrChars} characters. */
  readonly stderr: string;
}

/** Enough for the summary of a filter and for the last complaints; a broken input can write megabytes. */
const keptStderrChars = 16_384;
/** Probe and loudness figures take some kilobytes; more comes from a file made to fill memory. */
const mostStdoutChars = 4 * 1024 * 1024;
const lastWords = 1_500;
/** Rendering 15 s of footage takes seconds on one core: two minutes without another frame means a hang. */
const usualStallAfterMs = 120_000;
/** ffmpeg ends within milliseconds of SIGTERM unless it hangs in a read. */
const forceKillAfterMs = 3_000;

/**
 * Runs ffmpeg or ffprobe to its end. The program sees none of our environment but `PATH` and where its libraries
 * are: it reads foreign bytes and needs no credentials.
 *
 * A program without progress is ended, and so is one that writes without end.
 *
 * @throws BeatreelFailure `MediaToolFailed` with its first complaints, or else the end of stderr, folders removed; the
 *   signal's reason if aborted
 */
export async function runTool(call: ToolCall): Promise<ToolOutput> {
  call.signal?.throwIfAborted();
  const end = new AbortController();
  const { stallAfterMs = usualStallAfterMs } = call;
  const watch = watchProgress(stallAfterMs, () => {
    end.abort(`was ended: it got no further for ${stallAfterMs / 1000} s`);
  });
  const run = execa(call.program, call.args, {
    stdio: ['ignore', 'pipe', 'pipe', call.onLine === undefined ? 'ignore' : 'pipe'],
    buffer: false,
    extendEnv: false,
    env: ownEnvironment(),
    forceKillAfterDelay: forceKillAfterMs,
    cancelSignal: call.signal === undefined ? end.signal : AbortSignal.any([call.signal, end.signal]),
  });
  const stdout = keepAll(run.stdout, () => {
    end.abort(`was ended: it wrote more than ${mostStdoutChars} characters`);
  });
  const stderr = keepEnd(run.stderr, keptStderrChars);
  const complaints = keepComplaints();
  run.stderr.on('data', complaints.push);
  for (const stream of [run.stdout, run.stderr]) stream.on('data', watch.note);
  if (call.onLine !== undefined) {
    readLines(run.stdio[3], (line) => {
      watch.noteLine(line);
      call.onLine?.(line);
    });
  }
  try {
    await run;
    end.signal.throwIfAborted();
  } catch (error) {
    call.signal?.throwIfAborted();
    throw toFailure(call, complaints.text() || stderr(), ended(end.signal) ?? describeError(error));
  } finally {
    watch.end();
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

/** @returns a reader of everything so far, up to the limit; `onTooMuch` is called once there is more */
function keepAll(stream: Readable, onTooMuch: () => void): () => string {
  let kept = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    if (kept.length + text.length > mostStdoutChars) onTooMuch();
    else kept += text;
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

/** The reason for which we ended the program, if we did. */
function ended({ aborted, reason }: AbortSignal): ToolEnding | undefined {
  return aborted ? { ending: String(reason), exitCode: null } : undefined;
}

interface ToolEnding {
  readonly ending: string;
  readonly exitCode: number | null;
}

function describeError(error: unknown): ToolEnding {
  if (!(error instanceof ExecaError)) return { ending: 'did not run', exitCode: null };
  return { ending: describeEnding(error), exitCode: error.exitCode ?? null };
}

function toFailure(call: ToolCall, said: string, { ending, exitCode }: ToolEnding): BeatreelFailure {
  const text = hideFolders(said.trim(), call.args).slice(-lastWords);
  return new BeatreelFailure(
    'MediaToolFailed',
    `Could not ${call.task}: ${basename(call.program)} ${ending}${text === '' ? '' : `: ${text}`}`,
    { details: { exitCode } },
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
