import type { ArtifactRef } from '../artifact.ts';
import type { PlannedBeat } from '../beat-count.ts';
import type { BeatRequest, Brief, ClipModelChoice, ModelChoice, Preferred } from '../brief.ts';
import { planTimeline } from '../chunks.ts';
import { pricePlan, totalUsd } from '../estimate.ts';
import type { RecordedTake } from '../recorded-take.ts';
import type { Beat, Storyboard } from '../storyboard.ts';
import { beatLengths } from '../storyboard.ts';
import { unitName } from '../unit.ts';
import { chunkPlace, scorePlace, stillPlace, type WantedFrom } from '../wanted-units.ts';
import type { BeatName, Edit, EditProblem, Placing } from './edit.ts';

/** What edits may need beside the revision that they change. */
export interface EditResources {
  /** The model and those that are tried in its place. @returns a rule, where there is no such choice */
  readonly chooseModels: (
    kind: 'still' | 'clip' | 'score',
    names: readonly string[],
  ) => Preferred<ModelChoice> | Preferred<ClipModelChoice> | string;
  /** A beat in a person's words. */
  readonly writeBeat: (request: BeatRequest) => PlannedBeat;
  /** By what the edit says, in the video's folder. */
  readonly pictures: ReadonlyMap<string, ArtifactRef>;
  /** Of the video. */
  readonly takes: readonly RecordedTake[];
  /** By number. */
  readonly revisions: ReadonlyMap<number, WantedFrom>;
}

/** The result of edits: a revision, or everything that is wrong with them. */
export type Edited =
  (WantedFrom & { readonly problems?: never }) | { readonly problems: readonly EditProblem[] };

const longestVideoSeconds = 300;
const mostBeats = 60;
const shortestVideoSeconds = 5;

/** Applies a list of edits as a whole: either all of them, or none and every problem. */
export function applyEdits(before: WantedFrom, edits: readonly Edit[], resources: EditResources): Edited {
  const editing = new Editing(before, resources);
  edits.forEach((edit, index) => {
    editing.apply(edit, `edits[${index}]`);
  });
  return editing.finish();
}

class Editing {
  readonly #resources: EditResources;
  readonly #problems: EditProblem[] = [];
  #brief: Brief;
  #storyboard: Storyboard;
  #beats: Beat[];
  #lastBeat: number;

  constructor({ brief, storyboard }: WantedFrom, resources: EditResources) {
    this.#brief = brief;
    this.#storyboard = storyboard;
    this.#beats = [...storyboard.beats];
    this.#lastBeat = lastBeatOf(storyboard);
    this.#resources = resources;
  }

  apply(edit: Edit, field: string): void {
    switch (edit.op) {
      case 'words':
        this.#change(edit.beat, field, (beat) => ({
          ...beat,
          ...(edit.still === undefined ? {} : { stillPrompt: edit.still.trim() }),
          ...(edit.motion === undefined ? {} : { motionPrompt: edit.motion.trim() }),
          ...(edit.title === undefined ? {} : { title: edit.title.trim() }),
        }));
        return;
      case 'length':
        if (!this.#isLength(edit.seconds, field)) return;
        this.#change(edit.beat, field, (beat) => ({
          ...beat,
          durationSeconds: edit.seconds,
          keptSeconds: edit.seconds,
        }));
        return;
      case 'insert':
        this.#insert(edit, field);
        return;
      case 'remove':
        this.#change(edit.beat, field, () => undefined);
        return;
      case 'move':
        this.#move(edit, field);
        return;
      case 'models':
        this.#setModels(edit, field);
        return;
      case 'reroll':
        this.#reroll(edit.unit, field);
        return;
      case 'pin':
        this.#pin(edit.unit, edit.take, field);
        return;
      case 'unpin':
        if (this.#storyboard.pins?.[edit.unit] === undefined)
          this.#refuse(`${field}.unit`, edit.unit, 'no take of this unit was chosen');
        this.#setPin(edit.unit, undefined);
        return;
      case 'picture':
        this.#setPicture(edit, field);
        return;
      case 'music':
        this.#setMusic(edit);
        return;
      case 'aspectRatio':
        this.#brief = { ...this.#brief, aspectRatio: edit.aspectRatio };
        return;
      case 'title':
        this.#brief = { ...this.#brief, title: edit.title.trim() };
        return;
      case 'rollBack':
        this.#rollBack(edit.revision, field);
        return;
      case 'budget':
        this.#brief = { ...this.#brief, limits: { ...this.#brief.limits, budgetUsd: edit.usd } };
        return;
    }
  }

  finish(): Edited {
    const beats = placeInTime(this.#beats);
    const durationSeconds = roundToMs(beats.reduce((sum, { keptSeconds }) => sum + keptSeconds, 0));
    if (beats.length === 0) this.#refuse('edits', 'no beat left', 'a video has at least one beat');
    else if (durationSeconds < shortestVideoSeconds || durationSeconds > longestVideoSeconds)
      this.#refuse(
        'edits',
        `${durationSeconds} s`,
        `a video lasts ${shortestVideoSeconds}–${longestVideoSeconds} s`,
      );
    if (beats.length > mostBeats)
      this.#refuse('edits', `${beats.length} beats`, `a video has at most ${mostBeats}`);
    if (this.#problems.length > 0) return { problems: this.#problems };
    const brief = { ...this.#brief, durationSeconds };
    const { truncation: _truncation, ...rest } = this.#storyboard;
    const storyboard = {
      ...rest,
      beats,
      durationSeconds,
      lastBeat: this.#lastBeat,
      estimateUsd: totalUsd(pricePlan(brief, beats).filter(({ phase }) => phase !== 'plan')),
    };
    return { brief, storyboard };
  }

  #refuse(field: string, value: unknown, rule: string): undefined {
    this.#problems.push({ field, value: typeof value === 'string' ? value : JSON.stringify(value), rule });
    return undefined;
  }

  #find(name: BeatName, field: string): number {
    const index = typeof name === 'number' ? name - 1 : this.#beats.findIndex(({ id }) => id === name);
    if (this.#beats[index]) return index;
    const ids = this.#beats.map(({ id }) => id).join(', ');
    this.#refuse(field, name, `the video has beats 1 to ${this.#beats.length}: ${ids}`);
    return -1;
  }

  /** @param change undefined takes the beat away */
  #change(name: BeatName, field: string, change: (beat: Beat) => Beat | undefined): void {
    const index = this.#find(name, `${field}.beat`);
    const beat = this.#beats[index];
    if (!beat) return;
    const changed = change(beat);
    this.#beats.splice(index, 1, ...(changed ? [changed] : []));
  }

  #isLength(seconds: number, field: string): boolean {
    if (beatLengths.some((length) => length === seconds)) return true;
    this.#refuse(`${field}.seconds`, seconds, `one of ${beatLengths.join(', ')}`);
    return false;
  }

  /** @returns where something is put in; -1 where that cannot be */
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

  #insert(
    { still, motion, title, seconds = 5, ...placing }: Edit & { readonly op: 'insert' },
    field: string,
  ): void {
    const index = this.#placeOf(placing, field);
    if (!this.#isLength(seconds, field) || index < 0) return;
    this.#lastBeat += 1;
    const written = this.#resources.writeBeat({
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

  #move({ beat: name, ...placing }: Edit & { readonly op: 'move' }, field: string): void {
    const from = this.#find(name, `${field}.beat`);
    const to = this.#placeOf(placing, field);
    const beat = this.#beats[from];
    if (!beat || to < 0) return;
    this.#beats.splice(from, 1);
    this.#beats.splice(to > from ? to - 1 : to, 0, beat);
  }

  #setModels({ beat, ...names }: Edit & { readonly op: 'models' }, field: string): void {
    if (names.still === undefined && names.clip === undefined && names.score === undefined) {
      this.#refuse(field, 'no model', 'name models of still, clip or score');
      return;
    }
    const still = names.still && this.#choose('still', names.still, field);
    const clip = names.clip && this.#choose('clip', names.clip, field);
    const score = names.score && this.#choose('score', names.score, field);
    const chosen = { ...(still && { still }), ...(clip && { clip: clip as Preferred<ClipModelChoice> }) };
    if (beat === undefined) {
      this.#brief = { ...this.#brief, models: { ...this.#brief.models, ...chosen, ...(score && { score }) } };
      // What was chosen for all holds for all.
      this.#beats = this.#beats.map(({ models, ...rest }) => {
        const own = { ...models, ...(still && { still: undefined }), ...(clip && { clip: undefined }) };
        const left = Object.fromEntries(Object.entries(own).filter(([, model]) => model !== undefined));
        return Object.keys(left).length === 0 ? rest : { ...rest, models: left };
      });
      return;
    }
    if (score)
      this.#refuse(`${field}.score`, names.score, 'music belongs to the whole video: leave the beat out');
    this.#change(beat, field, (one) => ({ ...one, models: { ...one.models, ...chosen } }));
  }

  #choose(kind: 'still' | 'clip' | 'score', names: readonly string[], field: string) {
    const choice = this.#resources.chooseModels(kind, names);
    return typeof choice === 'string' ? this.#refuse(`${field}.${kind}`, names.join(','), choice) : choice;
  }

  #boughtUnits(): readonly string[] {
    const chunks = planTimeline(placeInTime(this.#beats), this.#brief.models.clip);
    return [
      ...this.#beats.map((beat) => unitName(stillPlace(beat))),
      ...chunks.map((chunk) => unitName(chunkPlace(chunk))),
      ...(this.#brief.music.enabled ? [unitName(scorePlace)] : []),
    ];
  }

  #isUnit(unit: string, field: string): boolean {
    if (this.#boughtUnits().includes(unit)) return true;
    this.#refuse(
      `${field}.unit`,
      unit,
      `a still, a chunk or the score of this video, such as ${this.#boughtUnits()[0] ?? 'still-b1'}`,
    );
    return false;
  }

  #reroll(unit: string, field: string): void {
    if (!this.#isUnit(unit, field)) return;
    const given = this.#beats.find((beat) => unitName(stillPlace(beat)) === unit)?.picture;
    if (given) {
      this.#refuse(`${field}.unit`, unit, 'a picture of your own stands there: take it away first');
      return;
    }
    this.#setPin(unit, undefined);
    const rolls = { ...this.#storyboard.rolls, [unit]: (this.#storyboard.rolls?.[unit] ?? 0) + 1 };
    this.#storyboard = { ...this.#storyboard, rolls };
  }

  #pin(unit: string, take: number, field: string): void {
    if (!this.#isUnit(unit, field)) return;
    const stored = this.#resources.takes.filter((one) => one.unit === unit && one.state === 'stored');
    if (stored.some(({ number }) => number === take)) {
      this.#setPin(unit, take);
      return;
    }
    const known = stored.map(({ number }) => number).join(', ');
    this.#refuse(
      `${field}.take`,
      take,
      known === '' ? `${unit} has no take with a file` : `${unit} has takes ${known}`,
    );
  }

  #setPin(unit: string, take: number | undefined): void {
    const others = Object.entries(this.#storyboard.pins ?? {}).filter(([name]) => name !== unit);
    const pins = Object.fromEntries([...others, ...(take === undefined ? [] : [[unit, take] as const])]);
    const { pins: _pins, ...rest } = this.#storyboard;
    this.#storyboard = Object.keys(pins).length === 0 ? rest : { ...rest, pins };
  }

  #setPicture({ beat, image }: Edit & { readonly op: 'picture' }, field: string): void {
    const picture = image === undefined ? undefined : this.#resources.pictures.get(image);
    if (image !== undefined && !picture) {
      this.#refuse(`${field}.image`, image, 'a picture that this video may use');
      return;
    }
    this.#change(beat, field, ({ picture: _picture, ...rest }) => ({
      ...rest,
      ...(picture ? { picture } : {}),
    }));
  }

  #setMusic({ enabled, words }: Edit & { readonly op: 'music' }): void {
    const isOn = enabled ?? (words === undefined ? this.#brief.music.enabled : true);
    this.#brief = { ...this.#brief, music: { ...this.#brief.music, enabled: isOn } };
    if (words !== undefined) this.#storyboard = { ...this.#storyboard, musicPrompt: words.trim() };
  }

  #rollBack(revision: number, field: string): void {
    const earlier = this.#resources.revisions.get(revision);
    if (!earlier) {
      const known = [...this.#resources.revisions.keys()].join(', ');
      this.#refuse(`${field}.revision`, revision, `one of ${known}`);
      return;
    }
    // Money is the video's, whatever the revision.
    this.#brief = { ...earlier.brief, limits: this.#brief.limits };
    this.#storyboard = earlier.storyboard;
    this.#beats = [...earlier.storyboard.beats];
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

function roundToMs(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
