import { type FailureType, failureTypes } from '../../domain/failure-types.ts';
import type { MediaType } from '../sniff.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/** The source no longer serves the same file. Only used inside a transfer, where it means "begin again". */
export class SourceChanged extends Error {
  constructor(finding: string) {
    super(`The file at the source changed while it was read: ${finding}.`);
    this.name = 'SourceChanged';
  }
}

/** A failure of the source itself, as opposed to the store. */
export class SourceFailure extends BeatreelFailure {
  /** Status of its answer. */
  readonly status: number | undefined;
  /** Code of the connection error, such as `ECONNREFUSED`. */
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

/** The source did not deliver; another try may succeed. */
export function interrupted(finding: string, cause?: unknown): BeatreelFailure {
  return new BeatreelFailure(failureTypes.providerUnavailable, finding, { cause });
}

/** The source delivers an unexpected file, and further tries cannot help. */
export function unusable(finding: string): BeatreelFailure {
  return new BeatreelFailure(failureTypes.artifactMissing, finding);
}

/** The source delivers a file of another type. */
export class WrongFile extends BeatreelFailure {
  /** Type of the first bytes, if recognised. */
  readonly found: MediaType | undefined;

  constructor(finding: string, found: MediaType | undefined) {
    super(failureTypes.artifactMissing, finding);
    this.found = found;
  }
}

/** The host's own copy ends too early; fetching it again cannot help. */
export function cutAtHost(contentType: string, sizeBytes: number): BeatreelFailure {
  return unusable(`The ${contentType} of ${sizeBytes} bytes is cut off at the host itself.`);
}
