import type { ArtifactRef } from '../../domain/artifact.ts';

/** The manifest as the result of its workflow records it, or why there is no such record; that continues a sentence. */
export type ManifestRecord = { readonly recorded: ArtifactRef } | { readonly unrecorded: string };

/** Whether a manifest is the one that the workflow recorded. Only that proves what it says. */
export interface ManifestProof {
  readonly manifestProven: boolean;
  /** Absent for one that is proven. */
  readonly unprovenBecause?: string;
}
