import type { AspectRatio } from './brief.ts';
import { hashOf } from './hash.ts';
import type { UnitPlace } from './unit.ts';

/** What footage starts from. */
export interface StartsFrom {
  /** The purchase: that of the still, or of the chunk before. */
  readonly purchase: string;
  /** Frames kept of the chunk before; absent for a still. */
  readonly frames?: number;
}

/** What people want of a unit, as opposed to how it is bought. */
export interface WantedUnit {
  readonly place: UnitPlace;
  readonly words: string;
  /** Names in the catalogue, in order. */
  readonly models: readonly string[];
  readonly aspectRatio?: AspectRatio;
  /** Checksums of the pictures that it is made after, in order. */
  readonly references?: readonly string[];
  readonly from?: StartsFrom | undefined;
  /** How often a person asked for another one of the same. */
  readonly rolls?: number | undefined;
}

/**
 * The key of what is wanted. Whatever was bought under it is used again: in a later revision, after a reset, whoever made
 * it. Bytes, seeds, takes, prices, object keys and the video's id do not count, nor what the catalogue says of a model.
 *
 * @returns 32 hex digits
 */
export function wantedKey({ place, rolls = 0, ...wanted }: WantedUnit): string {
  const { medium, beat, chunk } = place;
  return hashOf({ ...wanted, place: { medium, beat, chunk }, ...(rolls === 0 ? {} : { rolls }) });
}
