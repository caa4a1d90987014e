import type { Brief } from './brief.ts';
import type { Approval } from './gates.ts';
import type { Edit } from './edits/edit.ts';
import type { RecordedTake } from './recorded-take.ts';
import type { Signature } from './signature.ts';
import type { Storyboard } from './storyboard.ts';
import { videoFolder } from './video-folder.ts';

/** Version of the bucket's file formats. A video with another one is refused by name; nothing is migrated. */
export const bucketLayout = 2;

/** The inputs of one revision of a video. Written once. */
export interface Revision extends Signature {
  readonly layout: typeof bucketLayout;
  /** From 1. */
  readonly revision: number;
  /** Number of the parent revision; absent for the first. */
  readonly parent?: number;
  /** The changes from the parent; empty for the first. */
  readonly edits: readonly Edit[];
  /** Units that keep their take although it no longer fits the request. */
  readonly keep?: readonly string[];
  /** Id of the workflow that made the revision; absent for the first. */
  readonly changeId?: string;
  /** ISO 8601; absent for the first. */
  readonly madeAt?: string;
  /** The brief of this revision. */
  readonly brief: Brief;
  readonly storyboard: Storyboard;
}

/** The inputs of a run: a revision, and all purchases of the video so far. */
export interface OpenedRevision extends Pick<Revision, 'brief' | 'storyboard'> {
  readonly takes: readonly RecordedTake[];
  /** Approvals so far, as recorded by ended runs. */
  readonly approvals?: readonly Approval[];
}

/** Key of the manifest that a run of a revision writes at its end. */
export function manifestKey(videoId: string, revision: number): string {
  return `${videoFolder(videoId)}manifest-r${revision}.json`;
}

/** Key of a revision's file. */
export function revisionKey(videoId: string, revision: number): string {
  return `${videoFolder(videoId)}storyboard-r${revision}.json`;
}
