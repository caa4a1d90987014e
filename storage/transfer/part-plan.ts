/** One part of a file: its 1-based number and its bytes, 0-based, both ends inclusive. */
export interface PartPlan {
  readonly partNumber: number;
  readonly start: number;
  readonly end: number;
}

/** S3 takes 10,000; some stores a few less. */
const mostParts = 9_000;

/**
 * Cuts a file into parts of one size; the last holds the rest. The same numbers always give the same cut.
 *
 * @param partBytes the usual size; parts are larger where a file would have too many of them
 */
export function planParts(totalBytes: number, partBytes: number): PartPlan[] {
  const bytes = Math.max(partBytes, Math.ceil(totalBytes / mostParts));
  return Array.from({ length: Math.ceil(totalBytes / bytes) }, (_, index) => ({
    partNumber: index + 1,
    start: index * bytes,
    end: Math.min((index + 1) * bytes, totalBytes) - 1,
  }));
}

/** In bytes. */
export function sizeOf({ start, end }: PartPlan): number {
  return end - start + 1;
}
