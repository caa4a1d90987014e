import type { Source } from './source.ts';

/** A file of several parts that its source serves by ranges of one version. */
export interface RangedFile {
  readonly source: Source;
  readonly etag: string;
  readonly totalBytes: number;
}
