import type { ManifestProof } from '../files/read-manifest.ts';

/** One line where nothing proves the manifest of a video, none where its workflow does. */
export function describeProof({ manifestProven, unprovenBecause = '' }: ManifestProof): string[] {
  return manifestProven ? [] : [`The manifest is unproven: ${unprovenBecause}.`];
}
