import { type FailureType, failureTypes } from '../../domain/failure-types.ts';
import type { MediaType } from '../sniff.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/** The source no longer serves the file this transfer began with. Inside a transfer only: it means "begin again". */
export class SourceChanged extends Error {
  constructor(finding: string) {
    super(`The file at the source changed while it was read: ${finding}.`);
    this.name = 'SourceChanged';
  }
}

/** What the source itself did, told apart from trouble of the store: an answer, or none. */
export class SourceFailure extends BeatreelFailure {
  /** Of its answer. */
  readonly status: number | undefined;
  /** Of the error of the connection, such as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(
    type: FailureType,
    message: string,
    { status, code, cause }: { readonly status?: number; readonly code?: string; readonly cause?: unknown },
  ) {
    super(type, message, { cause });
    this.status = status;
    this.code = code;
  }
}

/** The source did not deliver; another try may. */
export function interrupted(finding: string, cause?: unknown): BeatreelFailure {
  return new BeatreelFailure(failureTypes.providerUnavailable, finding, { cause });
}

/** What the source delivers is not the file we expect, and will not become it. */
export function unusable(finding: string): BeatreelFailure {
  return new BeatreelFailure(failureTypes.artifactMissing, finding);
}

/** What the source delivers is a file of another type. */
export class WrongFile extends BeatreelFailure {
  /** What its first bytes show, where they show anything. */
  readonly found: MediaType | undefined;

  constructor(finding: string, found: MediaType | undefined) {
    super(failureTypes.artifactMissing, finding);
    this.found = found;
  }
}

/** The host's own copy ends before it says it does; however often it is fetched, it stays that way. */
export function cutAtHost(contentType: string, sizeBytes: number): BeatreelFailure {
  return unusable(`The ${contentType} of ${sizeBytes} bytes is cut off at the host itself.`);
}
