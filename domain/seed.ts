import type { TakePlace } from './unit.ts';

/**
 * The seed sent to a model for one take of one unit. Also the marker by which a lost prediction is found again
 * at its host, so two units of a video practically never share one.
 *
 * @returns 0–2,147,483,647
 */
export function unitSeed(videoSeed: number, place: TakePlace): number {
  return hash32(`${videoSeed}/${place.medium}/${place.beat}/${place.chunk}/${place.take}`) & 0x7fffffff;
}

/** A seed for a video whose brief names none. @returns 0–2,147,483,647 */
export function seedFromText(text: string): number {
  return hash32(text) & 0x7fffffff;
}

/** FNV-1a followed by the murmur3 finaliser, which spreads neighbouring inputs over the whole range. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
