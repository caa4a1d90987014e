import type { ArtifactRef } from '../../domain/artifact.ts';
import type { StartsFrom } from '../../domain/wanted-key.ts';
import type { BoughtArtifact, Take } from './take.ts';

/** What a person wants of a unit that failed. */
export interface Reopening {
  /** Sent in place of the storyboard's prompt from now on; another take by itself. */
  readonly words?: string | undefined;
  /** Buy it again although it may be paid for. Default: false. */
  readonly newTake?: boolean;
  /** Its prediction, which was believed lost, was found. Default: false. */
  readonly isFound?: boolean;
}

/** What footage starts from. */
export interface Source extends StartsFrom {
  readonly picture: ArtifactRef;
}

/** What there is of a unit when its run begins. */
export interface Before {
  /** Takes of earlier runs and revisions. */
  readonly takes?: readonly Take[];
  /** The number of the take that a person chose. */
  readonly pinned?: number | undefined;
  /** A file of a person's own, in place of one that is bought. */
  readonly given?: BoughtArtifact | undefined;
}
