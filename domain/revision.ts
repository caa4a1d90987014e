import type { Brief } from './brief.ts';
import type { Approval } from './gates.ts';
import type { Edit } from './edits/edit.ts';
import type { RecordedTake } from './recorded-take.ts';
import type { Storyboard } from './storyboard.ts';
import { videoFolder } from './video-folder.ts';

/** Of everything that a video keeps in the bucket. Another one is refused by name; nothing is migrated. */
export const bucketLayout = 2;

/** What one revision of a video is made from. Written once. */
export interface Revision {
  readonly layout: typeof bucketLayout;
  /** From 1. */
  readonly revision: number;
  /** The one it was made of; absent for the first. */
  readonly parent?: number;
  /** What made it of that one; none for the first. */
  readonly edits: readonly Edit[];
  /** Units that keep the take they had although it does not fit any more. */
  readonly keep?: readonly string[];
  /** Id of the workflow that made it; absent for the first. */
  readonly changeId?: string;
  /** ISO 8601; absent for the first. */
  readonly madeAt?: string;
  /** As it holds for this revision. */
  readonly brief: Brief;
  readonly storyboard: Storyboard;
}

/** What a run begins with: a revision, and all that was bought for the video so far. */
export interface OpenedRevision extends Pick<Revision, 'brief' | 'storyboard'> {
  readonly takes: readonly RecordedTake[];
  /** What people approved of it, as far as an ended run has recorded it. */
  readonly approvals?: readonly Approval[];
}

/** Key of the manifest that a run of a revision writes at its end. */
export function manifestKey(videoId: string, revision: number): string {
  return `${videoFolder(videoId)}manifest-r${revision}.json`;
}

/** Where a revision is kept. */
export function revisionKey(videoId: string, revision: number): string {
  return `${videoFolder(videoId)}storyboard-r${revision}.json`;
}
