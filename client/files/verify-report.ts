import type { Manifest } from '../../domain/schemas/manifest-schema.ts';
import type { ManifestProof } from './read-manifest.ts';

/** The ways in which a file can differ from its manifest. */
export type VerifyProblemKind =
  /** No object lies under the key. */
  | 'missing'
  /** The object holds other bytes: as many or more, with another sha256. */
  | 'swapped'
  /** The object is shorter than it was. */
  | 'truncated'
  /** Too few or too many of something. */
  | 'count'
  /** A file that belongs to another beat or chunk than its place says. */
  | 'order'
  /** The manifest names a key outside the folder of the video; the object is not read. */
  | 'foreign'
  /** The video has not succeeded, so its manifest promises nothing complete. */
  | 'status';

/** One thing that is not as the manifest says. */
export interface VerifyProblem {
  readonly kind: VerifyProblemKind;
  /** Names the file, its beat and both values. */
  readonly text: string;
  /** E.g. `chunk-b3-2`; absent for counts. */
  readonly unit?: string;
  readonly key?: string;
  /** 0-based. */
  readonly beat?: string;
  /** 0-based within the beat. */
  readonly chunk?: number;
}

/**
 * The findings on a video, made by reading every byte of it. Without `manifestProven` the bytes are those that the
 * manifest names, and nothing says that the manifest is the one that was written when the video was made.
 */
export interface VerifyReport extends ManifestProof {
  readonly videoId: string;
  /** True when there is no problem. */
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
