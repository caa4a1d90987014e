import type { AspectRatio } from './brief.ts';
import { hashOf } from './hash.ts';
import type { UnitPlace } from './unit.ts';

/** The start of footage. */
export interface StartsFrom {
  /** Key of the purchase: that of the still, or of the chunk before. */
  readonly purchase: string;
  /** Frames kept of the chunk before; absent for a still. */
  readonly frames?: number;
}

/** People's request for a unit, as opposed to the way it is bought. */
export interface WantedUnit {
  readonly place: UnitPlace;
  readonly words: string;
  /** Names in the catalogue, in order. */
  readonly models: readonly string[];
  readonly aspectRatio?: AspectRatio;
  /** Checksums of its reference pictures, in order. */
  readonly references?: readonly string[];
  readonly from?: StartsFrom | undefined;
  /** Number of times a person asked for another take of the same request. */
  readonly rolls?: number | undefined;
}

/**
 * The key of a request. A purchase under this key is used again: in a later revision, after a reset, and whoever bought
 * it. The key ignores bytes, seeds, takes, prices, object keys, the video's id, and the catalogue's facts about models.
 *
 * @returns 32 hex digits
 */
export function wantedKey({ place, rolls = 0, ...wanted }: WantedUnit): string {
  const { medium, beat, chunk } = place;
  return hashOf({ ...wanted, place: { medium, beat, chunk }, ...(rolls === 0 ? {} : { rolls }) });
}
