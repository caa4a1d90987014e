import { maxBeats } from '../../../domain/beat-count.ts';

/** How many beats of the longest length fill the video. */
export function fewestBeats(durationSeconds: number): number {
  return Math.ceil(maxBeats(durationSeconds) / 3);
}
