import type { Manifest } from '../../domain/schemas/manifest-schema.ts';
import type { ManifestProof } from './read-manifest.ts';

/** The kinds of differences between files and their manifest. */
export type VerifyProblemKind =
  /** The key holds no object. */
  | 'missing'
  /** The object has other bytes: as many or more, with another checksum. */
  | 'swapped'
  /** The object is too short. */
  | 'truncated'
  /** A wrong number of files. */
  | 'count'
  /** A file at the place of another beat or chunk. */
  | 'order'
  /** The manifest names a key outside the folder of the video; the object is not read. */
  | 'foreign'
  /** The video has not succeeded, so its manifest promises nothing complete. */
  | 'status';

/** One difference from the manifest. */
export interface VerifyProblem {
  readonly kind: VerifyProblemKind;
  /** Names the file, its beat and both values. */
  readonly text: string;
  /** E.g. `chunk-b3-2`; absent for counts. */
  readonly unit?: string;
  readonly key?: string;
  /** Id of its beat, e.g. `b3`. */
  readonly beat?: string;
  /** 0-based within the beat. */
  readonly chunk?: number;
}

/**
 * The findings on a video, from reading every byte of it. Without `manifestProven` the bytes match the manifest, but
 * nothing proves that this manifest was written when the video was made.
 */
export interface VerifyReport extends ManifestProof {
  readonly videoId: string;
  /** True without problems. */
  readonly ok: boolean;
  readonly status: Manifest['status'];
  readonly manifestKey: string;
  readonly counts: {
    readonly beats: number;
    readonly stills: number;
    readonly plannedChunks: number;
    readonly chunks: number;
    readonly clips: number;
  };
  readonly filesChecked: number;
  readonly bytesChecked: number;
  readonly problems: readonly VerifyProblem[];
}
