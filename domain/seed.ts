import { hash32 } from './hash.ts';
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
