import type { PlannedBeat } from '../beat-count.ts';
import type { BeatRequest } from '../brief.ts';
import type { Beat, Storyboard } from '../storyboard.ts';
import { beatLengths } from '../storyboard.ts';
import type { BeatName, Edit, Placing } from './edit.ts';

/** Records a problem. */
export type Refuse = (field: string, value: unknown, rule: string) => void;

/** The beats of a storyboard during edits. Beat numbers are never reused. */
export class BeatList {
  readonly #refuse: Refuse;
  #beats: Beat[];
  #lastBeat: number;

  constructor(storyboard: Storyboard, refuse: Refuse) {
    this.#beats = [...storyboard.beats];
    this.#lastBeat = lastBeatOf(storyboard);
    this.#refuse = refuse;
  }

  /** In story order, with start times. */
  get beats(): readonly Beat[] {
    return placeInTime(this.#beats);
  }

  /** The highest number that a beat ever had. */
  get lastBeat(): number {
    return this.#lastBeat;
  }

  /** Replaces the whole list. */
  replace(change: (beats: readonly Beat[]) => readonly Beat[]): void {
    this.#beats = [...change(this.#beats)];
  }

  #find(name: BeatName, field: string): number {
    const index = typeof name === 'number' ? name - 1 : this.#beats.findIndex(({ id }) => id === name);
    if (this.#beats[index]) return index;
    const ids = this.#beats.map(({ id }) => id).join(', ');
    this.#refuse(field, name, `the video has beats 1 to ${this.#beats.length}: ${ids}`);
    return -1;
  }

  /** @param change returns undefined to remove the beat */
  change(name: BeatName, field: string, change: (beat: Beat) => Beat | undefined): void {
    const index = this.#find(name, `${field}.beat`);
    const beat = this.#beats[index];
    if (!beat) return;
    const changed = change(beat);
    this.#beats.splice(index, 1, ...(changed ? [changed] : []));
  }

  isLength(seconds: number, field: string): boolean {
    if (beatLengths.some((length) => length === seconds)) return true;
    this.#refuse(`${field}.seconds`, seconds, `one of ${beatLengths.join(', ')}`);
    return false;
  }

  /** @returns the index of an insertion; -1 where it is impossible */
  #placeOf({ before, after }: Placing, field: string): number {
    if (before !== undefined && after !== undefined) {
      this.#refuse(field, `before ${before}, after ${after}`, 'say before or after, not both');
      return -1;
    }
    if (before !== undefined) return this.#find(before, `${field}.before`);
    if (after === undefined) return this.#beats.length;
    const index = this.#find(after, `${field}.after`);
    return index < 0 ? index : index + 1;
  }

  insert(
    { still, motion, title, seconds = 5, ...placing }: Edit & { readonly op: 'insert' },
    field: string,
    writeBeat: (request: BeatRequest) => PlannedBeat,
  ): void {
    const index = this.#placeOf(placing, field);
    if (!this.isLength(seconds, field) || index < 0) return;
    this.#lastBeat += 1;
    const written = writeBeat({
      prompt: still,
      durationSeconds: seconds,
      title,
      motionPrompt: motion,
    });
    this.#beats.splice(index, 0, {
      ...written,
      id: `b${this.#lastBeat}`,
      index,
      startSeconds: 0,
      durationSeconds: seconds,
      keptSeconds: seconds,
    });
  }

  move({ beat: name, ...placing }: Edit & { readonly op: 'move' }, field: string): void {
    const from = this.#find(name, `${field}.beat`);
    const to = this.#placeOf(placing, field);
    const beat = this.#beats[from];
    if (!beat || to < 0) return;
    this.#beats.splice(from, 1);
    this.#beats.splice(to > from ? to - 1 : to, 0, beat);
  }
}

/** The highest number that a beat of the video ever had. */
export function lastBeatOf({ beats, lastBeat = 0 }: Storyboard): number {
  return beats.reduce((highest, { id }) => Math.max(highest, Number(id.slice(1))), lastBeat);
}

function placeInTime(beats: readonly Beat[]): Beat[] {
  let startSeconds = 0;
  return beats.map((beat, index) => {
    const placed = { ...beat, index, startSeconds: roundToMs(startSeconds) };
    startSeconds += beat.keptSeconds;
    return placed;
  });
}

/** Removes the rounding error of binary fractions. */
export function roundToMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
