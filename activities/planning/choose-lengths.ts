import { maxBeats } from '../../domain/beat-count.ts';
import { shortestBeatSeconds } from '../../domain/storyboard.ts';

import type { SeededRandom } from '../../domain/seeded-random.ts';

/** Up to this length a video is quick: every beat is 5 s. */
const quickVideoSeconds = 45;
/** A last beat shorter than this would be a flash that costs a still and a clip. */
const shortestLastBeatSeconds = 1;
const chanceOf15Seconds = 0.05;
const chanceOf10Seconds = 0.2;

/**
 * Chooses how long every beat lasts: 5 s each in a video of up to 45 s, some of 10 s and few of 15 s in a longer one.
 *
 * @returns 5, 10 or 15 each, in story order; they add up to `durationSeconds` rounded up to 5 s
 */
export function chooseLengths(durationSeconds: number, random: SeededRandom): number[] {
  const slots = maxBeats(durationSeconds);
  const overhang = durationSeconds - (slots - 1) * shortestBeatSeconds;
  const endsInFlash = slots > 1 && overhang < shortestLastBeatSeconds;
  const last = endsInFlash ? 2 : 1;
  const lengths: number[] = [];
  for (let left = slots - last; left > 0;) {
    const length =
      durationSeconds <= quickVideoSeconds || lengths.length === 0 ? 1 : drawLength(left, random);
    lengths.push(length);
    left -= length;
  }
  return [...lengths, last].map((length) => length * shortestBeatSeconds);
}

function drawLength(left: number, random: SeededRandom): number {
  const chance = random.next();
  if (chance < chanceOf15Seconds) return Math.min(3, left);
  return chance < chanceOf15Seconds + chanceOf10Seconds ? Math.min(2, left) : 1;
}
