import type { PlannedBeat } from '../../../domain/beat-count.ts';

/** Planned beats of the given lengths in seconds, told apart by their titles. */
export function planBeats(lengths: readonly number[]): PlannedBeat[] {
  return lengths.map((durationSeconds, at) => ({
    purpose: 'custom',
    cast: [],
    title: `Beat ${at}`,
    durationSeconds,
    shot: 'wide shot',
    action: 'something happens',
    cameraMovement: 'static',
    stillPrompt: `Picture ${at}`,
    motionPrompt: `Movement ${at}`,
  }));
}
