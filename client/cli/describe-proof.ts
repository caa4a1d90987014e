import type { ManifestProof } from '../files/read-manifest.ts';

/** One line for an unproven manifest, none for one that its workflow recorded. */
export function describeProof({ manifestProven, unprovenBecause = '' }: ManifestProof): string[] {
  return manifestProven ? [] : [`The manifest is unproven: ${unprovenBecause}.`];
}
