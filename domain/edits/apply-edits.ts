import type { ArtifactRef } from '../artifact.ts';
import type { PlannedBeat } from '../beat-count.ts';
import type { BeatRequest, Brief, ClipModelChoice, ModelChoice, Preferred } from '../brief.ts';
import { planTimeline } from '../chunks.ts';
import { pricePlan, totalUsd } from '../estimate.ts';
import type { RecordedTake } from '../recorded-take.ts';
import type { Storyboard } from '../storyboard.ts';
import { unitName } from '../unit.ts';
import { chunkPlace, scorePlace, stillPlace, type WantedFrom } from '../wanted-units.ts';
import type { ModelKind } from '../media.ts';
import { BeatList, roundToMs } from './beat-list.ts';
import type { Edit, EditProblem } from './edit.ts';

/** The inputs of edits besides the revision that they change. */
export interface EditResources {
  /** Looks up a model and its fallbacks. @returns the broken rule where no such choice exists */
  readonly chooseModels: (
    kind: ModelKind,
    names: readonly string[],
  ) => Preferred<ModelChoice> | Preferred<ClipModelChoice> | string;
  /** Makes a beat from a person's words. */
  readonly writeBeat: (request: BeatRequest) => PlannedBeat;
  /** Copies in the video's folder, by the source that the edit names. */
  readonly pictures: ReadonlyMap<string, ArtifactRef>;
  /** All takes of the video. */
  readonly takes: readonly RecordedTake[];
  /** Earlier revisions by number. */
  readonly revisions: ReadonlyMap<number, WantedFrom>;
}

/** The result of edits: a revision, or all their problems. */
export type Edited =
  (WantedFrom & { readonly problems?: never }) | { readonly problems: readonly EditProblem[] };

const longestVideoSeconds = 300;
const mostBeats = 60;
const shortestVideoSeconds = 5;

/** Applies a list of edits as a whole: either all of them, or none with every problem. */
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
  readonly #list: BeatList;

  constructor({ brief, storyboard }: WantedFrom, resources: EditResources) {
    this.#brief = brief;
    this.#storyboard = storyboard;
    this.#list = new BeatList(storyboard, (field, value, rule) => {
      this.#refuse(field, value, rule);
    });
    this.#resources = resources;
  }

  apply(edit: Edit, field: string): void {
    switch (edit.op) {
      case 'words':
        this.#list.change(edit.beat, field, (beat) => ({
          ...beat,
          ...(edit.still === undefined ? {} : { stillPrompt: edit.still.trim() }),
          ...(edit.motion === undefined ? {} : { motionPrompt: edit.motion.trim() }),
          ...(edit.title === undefined ? {} : { title: edit.title.trim() }),
        }));
        return;
      case 'length':
        if (!this.#list.isLength(edit.seconds, field)) return;
        this.#list.change(edit.beat, field, (beat) => ({
          ...beat,
          durationSeconds: edit.seconds,
          keptSeconds: edit.seconds,
        }));
        return;
      case 'insert':
        this.#list.insert(edit, field, this.#resources.writeBeat);
        return;
      case 'remove':
        this.#list.change(edit.beat, field, () => undefined);
        return;
      case 'move':
        this.#list.move(edit, field);
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
        this.#unpin(edit.unit, field);
        return;
      case 'picture':
        this.#setPicture(edit, field);
        return;
      case 'music':
        this.#setMusic(edit);
        return;
      case 'aspectRatio':
      case 'resolution':
      case 'title':
        this.#setFormat(edit);
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
    const { beats, lastBeat } = this.#list;
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
    const storyboard = {
      ...this.#storyboard,
      truncation: undefined,
      beats,
      durationSeconds,
      lastBeat,
      estimateUsd: totalUsd(pricePlan(brief, beats).filter(({ phase }) => phase !== 'plan')),
    };
    return { brief, storyboard };
  }

  #setFormat(edit: Edit & { readonly op: 'aspectRatio' | 'resolution' | 'title' }): void {
    if (edit.op === 'aspectRatio') this.#brief = { ...this.#brief, aspectRatio: edit.aspectRatio };
    else if (edit.op === 'resolution') this.#brief = { ...this.#brief, resolution: edit.resolution };
    else this.#brief = { ...this.#brief, title: edit.title.trim() };
  }

  #refuse(field: string, value: unknown, rule: string): void {
    this.#problems.push({ field, value: typeof value === 'string' ? value : JSON.stringify(value), rule });
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
      // A choice for all beats replaces the choices of single beats.
      this.#list.replace((beats) =>
        beats.map((one) => ({
          ...one,
          models: { still: still ? undefined : one.models?.still, clip: clip ? undefined : one.models?.clip },
        })),
      );
      return;
    }
    if (score)
      this.#refuse(`${field}.score`, names.score, 'music belongs to the whole video: leave the beat out');
    this.#list.change(beat, field, (one) => ({ ...one, models: { ...one.models, ...chosen } }));
  }

  #choose(kind: ModelKind, names: readonly string[], field: string) {
    const choice = this.#resources.chooseModels(kind, names);
    if (typeof choice !== 'string') return choice;
    this.#refuse(`${field}.${kind}`, names.join(','), choice);
    return undefined;
  }

  #boughtUnits(): readonly string[] {
    const chunks = planTimeline(this.#list.beats, this.#brief.models.clip);
    return [
      ...this.#list.beats.map((beat) => unitName(stillPlace(beat))),
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
    const given = this.#list.beats.find((beat) => unitName(stillPlace(beat)) === unit)?.picture;
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

  #unpin(unit: string, field: string): void {
    if (this.#storyboard.pins?.[unit] === undefined)
      this.#refuse(`${field}.unit`, unit, 'no take of this unit was chosen');
    this.#setPin(unit, undefined);
  }

  #setPin(unit: string, take: number | undefined): void {
    const others = Object.entries(this.#storyboard.pins ?? {}).filter(([name]) => name !== unit);
    const pins = Object.fromEntries([...others, ...(take === undefined ? [] : [[unit, take] as const])]);
    this.#storyboard = { ...this.#storyboard, pins: Object.keys(pins).length === 0 ? undefined : pins };
  }

  #setPicture({ beat, image }: Edit & { readonly op: 'picture' }, field: string): void {
    const picture = image === undefined ? undefined : this.#resources.pictures.get(image);
    if (image !== undefined && !picture) {
      this.#refuse(`${field}.image`, image, 'a picture that this video may use');
      return;
    }
    this.#list.change(beat, field, (one) => ({ ...one, picture }));
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
    // The budget belongs to the video, not to a revision.
    this.#brief = { ...earlier.brief, limits: this.#brief.limits };
    this.#storyboard = earlier.storyboard;
    this.#list.replace(() => earlier.storyboard.beats);
  }
}
