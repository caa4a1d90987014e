import type { ArtifactRef } from '../../domain/artifact.ts';
import type { StartsFrom } from '../../domain/wanted-key.ts';
import type { BoughtArtifact, Take } from './take.ts';

/** A person's wishes for a failed unit. */
export interface Reopening {
  /** Replaces the storyboard's prompt from now on; implies another take. */
  readonly words?: string | undefined;
  /** Buys it again although it may be paid for. Default: false. */
  readonly newTake?: boolean;
  /** The prediction, believed lost, was found. Default: false. */
  readonly isFound?: boolean;
}

/** The start of footage. */
export interface Source extends StartsFrom {
  readonly picture: ArtifactRef;
}

/** A unit's takes and files from before its run. */
export interface Before {
  /** Takes of earlier runs and revisions. */
  readonly takes?: readonly Take[];
  /** Number of the take that a person chose. */
  readonly pinned?: number | undefined;
  /** A person's own file in place of a bought one. */
  readonly given?: BoughtArtifact | undefined;
}
