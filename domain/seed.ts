import { hash32 } from './hash.ts';
import type { TakePlace } from './unit.ts';

/**
 * The seed of one take of one unit. It also serves to find a lost prediction at its host, so two units of a video
 * practically never share one.
 *
 * @returns 0–2,147,483,647
 */
export function unitSeed(videoSeed: number, place: TakePlace): number {
  return hash32(`${videoSeed}/${place.medium}/${place.beat}/${place.chunk}/${place.take}`) & 0x7fffffff;
}

/** A seed for a video whose brief has none. @returns 0–2,147,483,647 */
export function seedFromText(text: string): number {
  return hash32(text) & 0x7fffffff;
}
