import { type Beat, shortestBeatSeconds, type Truncation } from './storyboard.ts';
import { countOf } from './count-of.ts';

/** A beat whose place in time is not fixed yet. */
export type PlannedBeat = Omit<Beat, 'id' | 'index' | 'startSeconds' | 'keptSeconds'>;

export interface FixedBeats {
  readonly beats: readonly Beat[];
  /** Present when beats were cut off. */
  readonly truncation?: Truncation;
}

const longestBeatSlots = 3;

/** The most beats that fit: `ceil(durationSeconds / 5)`. */
export function maxBeats(durationSeconds: number): number {
  // Subtract the rounding error: 10.0000001 s must not count as three beats.
  return Math.ceil(durationSeconds / shortestBeatSeconds - 1e-6);
}

/**
 * Makes any plan fit the length asked for: truncates in order to `maxBeats`, refits the remaining beats to lengths of
 * 5, 10 or 15 s that fill the duration rounded up to 5 s, recomputes start times from zero, and trims the last beat.
 *
 * @throws RangeError when the plan has no beat, or too few to fill the duration (a beat lasts at most 15 s)
 */
export function validateAndFixBeatCount(
  planned: readonly PlannedBeat[],
  durationSeconds: number,
): FixedBeats {
  const slots = maxBeats(durationSeconds);
  const kept = planned.slice(0, slots);
  if (kept.length * longestBeatSlots < slots) {
    throw new RangeError(
      `${countOf(planned.length, 'beat')} can fill at most ${kept.length * longestBeatSlots * shortestBeatSeconds} s of ` +
        `${durationSeconds} s: a beat lasts at most ${longestBeatSlots * shortestBeatSeconds} s.`,
    );
  }
  const lengths = fitSlots(
    kept.map((beat) => toSlots(beat.durationSeconds)),
    slots,
  );
  const beats = placeInTime(kept, lengths, durationSeconds);
  if (kept.length === planned.length) return { beats };
  return { beats, truncation: { originalCount: planned.length, truncatedCount: kept.length } };
}

function toSlots(seconds: number): number {
  const rounded = Math.round(seconds / shortestBeatSeconds);
  return Math.min(longestBeatSlots, Math.max(1, Number.isFinite(rounded) ? rounded : 1));
}

/** Shrinks or grows from the end, longest or shortest first, until the lengths add up to `total`. */
function fitSlots(wanted: readonly number[], total: number): number[] {
  const lengths = [...wanted];
  let sum = lengths.reduce((a, b) => a + b, 0);
  while (sum > total) {
    const at = lengths.lastIndexOf(Math.max(...lengths));
    lengths[at] = (lengths[at] ?? 0) - 1;
    sum -= 1;
  }
  while (sum < total) {
    const at = lengths.lastIndexOf(Math.min(...lengths));
    lengths[at] = (lengths[at] ?? 0) + 1;
    sum += 1;
  }
  return lengths;
}

function placeInTime(planned: readonly PlannedBeat[], slots: readonly number[], total: number): Beat[] {
  let startSeconds = 0;
  return planned.map((beat, index) => {
    const durationSeconds = (slots[index] ?? 1) * shortestBeatSeconds;
    const placed = {
      ...beat,
      id: beatId(index + 1),
      index,
      startSeconds,
      durationSeconds,
      keptSeconds: Math.min(durationSeconds, roundToMs(total - startSeconds)),
    };
    startSeconds += durationSeconds;
    return placed;
  });
}

/** @param number counts from 1 */
function beatId(number: number): string {
  return `b${number}`;
}

function roundToMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
