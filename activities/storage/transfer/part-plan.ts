import { failureTypes } from '../../../workflows/domain/failure-types.ts';
import { BeatreelFailure } from '../../runtime/failures.ts';

/** One part of a file: its 1-based number and its bytes, 0-based, both ends inclusive. */
export interface PartPlan {
  readonly partNumber: number;
  readonly start: number;
  readonly end: number;
}

/** S3's limit. */
const maxParts = 10_000;

/** Cuts a file into parts of one size, the last as long as what is left. Always the same cut for the same numbers. */
export function planParts(totalBytes: number, partBytes: number): PartPlan[] {
  const count = Math.ceil(totalBytes / partBytes);
  if (count > maxParts) {
    const text = `A file of ${totalBytes} bytes needs ${count} parts of ${partBytes} bytes; S3 takes ${maxParts}.`;
    throw new BeatreelFailure(failureTypes.invalidRequest, text);
  }
  return Array.from({ length: count }, (_, index) => ({
    partNumber: index + 1,
    start: index * partBytes,
    end: Math.min((index + 1) * partBytes, totalBytes) - 1,
  }));
}
