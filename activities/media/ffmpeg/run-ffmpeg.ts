import type { MediaRun, MediaTools } from '../media-tools.ts';
import { runTool, type ToolOutput } from './run-tool.ts';

export interface FfmpegCall extends MediaRun {
  /** Completes the sentence "Could not …". */
  readonly task: string;
  /** Everything after the options that every run has: inputs, filters, codecs, outputs. */
  readonly args: readonly string[];
  /** Whether to skip undecodable data and go on. Default: any error in any input ends the run. */
  readonly passesDamage?: boolean | undefined;
}

/**
 * Runs ffmpeg once. Any error in any input ends it with a failure, unless it is told to pass damage; it never asks,
 * never overwrites by chance and reports its progress.
 *
 * @returns its stdout, and the end of its log at level info
 * @throws BeatreelFailure `MediaToolFailed`; the signal's reason if aborted
 */
export async function runFfmpeg(tools: MediaTools, call: FfmpegCall): Promise<ToolOutput> {
  let seconds = 0;
  return runTool({
    program: tools.ffmpeg,
    args: [...everyRun, ...(call.passesDamage === true ? pastDamage : strictly), ...call.args],
    task: call.task,
    signal: call.signal,
    stallAfterMs: tools.stallAfterMs,
    onLine: (line) => {
      seconds = readSeconds(line) ?? seconds;
      if (line.startsWith('progress=')) call.onProgress?.(seconds);
    },
  });
}

const everyRun = [
  '-nostdin',
  '-hide_banner',
  '-nostats',
  '-y',
  '-progress',
  'pipe:3',
  '-stats_period',
  '1',
] as const;

const strictly = ['-xerror'] as const;
/**
 * Logs every complaint, however often it repeats, because they are counted. One thread decodes: with several, the part
 * of a frame that is lost is taken from whatever another thread has finished by then, and the same file gave six
 * different last frames in 40 runs (ffmpeg 8.1.2, 2 cores, 2026-11-29).
 */
const pastDamage = ['-loglevel', 'repeat+info', '-fflags', '+discardcorrupt', '-threads', '1'] as const;

/** `out_time_us=N/A` until the first packet is written. */
function readSeconds(line: string): number | undefined {
  const microseconds = /^out_time_us=(\d+)$/.exec(line)?.[1];
  return microseconds === undefined ? undefined : Number(microseconds) / 1e6;
}
