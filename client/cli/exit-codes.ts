import { BeatreelError } from '../errors/beatreel-error.ts';

/** The exit codes of `beatreel`. Stable, because scripts depend on them. */
export const exitCodes = {
  ok: 0,
  /** The video failed, or an unexpected error occurred. */
  failed: 1,
  /** Wrong options, an invalid brief, a wrong setting. */
  usage: 2,
  /** The video waits for a person. */
  parked: 3,
  canceled: 4,
  /** No such video, or none of its files. */
  notFound: 5,
  /** Files are missing, truncated or swapped. */
  damaged: 6,
  /** Temporal, the object store or the workers do not answer, or Temporal is overloaded. */
  unreachable: 7,
  /** The video refused the decision, or the id belongs to another video. */
  refused: 8,
  /** The files match the manifest, and nothing proves the manifest. */
  unproven: 9,
  /** Ctrl-C; the video goes on. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Shown in the program's help. */
export const exitCodeHelp = `
Exit codes:
  0  done                                        5  no such video, or no files of it
  1  the video failed, or an unexpected error    6  files are missing, truncated or swapped
  2  wrong options, settings or brief            7  a server or the workers do not answer
  3  the video waits for a person, or for money  8  the video did not accept the decision
  4  the video was canceled                      9  whole, but nothing proves the manifest
                                               130  interrupted; the video goes on

Beats and chunks count from 1, as in --beat 2 and chunk-b2-1.`;

const byCode: Readonly<Record<string, ExitCode>> = {
  InvalidBrief: exitCodes.usage,
  InvalidSettings: exitCodes.usage,
  UsageError: exitCodes.usage,
  VideoParked: exitCodes.parked,
  VideoAwaitsBudget: exitCodes.parked,
  VideoAwaitsApproval: exitCodes.parked,
  VideoCanceled: exitCodes.canceled,
  VideoNotFound: exitCodes.notFound,
  ManifestMissing: exitCodes.notFound,
  VideoNotFinished: exitCodes.notFound,
  FileDamaged: exitCodes.damaged,
  ServerBusy: exitCodes.unreachable,
  ServerUnreachable: exitCodes.unreachable,
  NoWorkerAnswers: exitCodes.unreachable,
  NoEstimate: exitCodes.unreachable,
  NotRetryable: exitCodes.refused,
  NotAccepted: exitCodes.refused,
  NotDeletable: exitCodes.refused,
  NotPromoted: exitCodes.unreachable,
  VideoIdTaken: exitCodes.refused,
};

/** The exit code for an error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof BeatreelError ? (byCode[error.code] ?? exitCodes.failed) : exitCodes.failed;
}
