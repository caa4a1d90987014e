import { failureTypes } from '../../domain/failure-types.ts';
import { BeatreelFailure } from '../../domain/beatreel-failure.ts';

/** The source no longer serves the file this transfer began with. Inside a transfer only: it means "begin again". */
export class SourceChanged extends Error {
  constructor(finding: string) {
    super(`The file at the source changed while it was read: ${finding}.`);
    this.name = 'SourceChanged';
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

/** The host's own copy ends before it says it does; however often it is fetched, it stays that way. */
export function cutAtHost(contentType: string, sizeBytes: number): BeatreelFailure {
  return unusable(`The ${contentType} of ${sizeBytes} bytes is cut off at the host itself.`);
}
