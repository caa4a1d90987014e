import { BeatreelFailure } from '../domain/beatreel-failure.ts';
import { failureTypes } from '../domain/failure-types.ts';

/** A failure to write a file of this machine, unrelated to the store. Retried like an outage. */
export class LocalFileFailure extends BeatreelFailure {
  constructor(path: string, cause: NodeJS.ErrnoException) {
    const code = cause.code ?? cause.message;
    super(
      failureTypes.providerUnavailable,
      `Writing ${path} failed: ${reasons[code] ?? 'the system refuses it'} (${code}).`,
      { cause },
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of this user is used up',
  EROFS: 'the file system is read-only',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
};

/** System calls whose failure concerns a file, not a connection. */
const fileCalls = ['open', 'write', 'close', 'rename'];

/** Whether a system error concerns a file. A broken pipe concerns a connection. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  if (typeof error !== 'object' || error === null) return false;
  const { syscall = '', code } = error as NodeJS.ErrnoException;
  return fileCalls.includes(syscall) && code !== 'EPIPE' && code !== 'ECONNRESET';
}
