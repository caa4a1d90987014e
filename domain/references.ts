import type { ArtifactRef } from './artifact.ts';
import type { Brief } from './brief.ts';
import { mention } from './mention.ts';
import type { Beat } from './storyboard.ts';

/** The subjects of reference pictures. */
export const referenceKinds = ['product', 'person', 'place', 'style'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

/** A subject that must look the same in every beat that shows it. */
export interface NamedReference {
  /** Unique in the brief. Prompts use this name. */
  readonly name: string;
  readonly kind: ReferenceKind;
}

/** A reference of a brief; its picture lies in the folder of the video. */
export interface Reference extends NamedReference {
  readonly image: ArtifactRef;
  /** The visible traits, in the person's words. */
  readonly note?: string | undefined;
}

/** The name of `productImage` among the references of a brief that has others. */
export const productName = 'product';

/** A beat's words, and the references a person named for it. */
export interface ToldBeat {
  /** All words of the beat. */
  readonly words: string;
  /** Replaces every rule when present, also when empty. */
  readonly references?: readonly string[] | undefined;
}

export interface ShownReferences {
  /** For each beat, the names of the references of its still, in the order of the brief or of the person's list. */
  readonly byBeat: readonly (readonly string[])[];
  /** Names that no beat mentions; every beat shows these. */
  readonly unnamed: readonly string[];
}

/**
 * Assigns references to beats. A beat gets the references that a person listed for it; else those that its words name,
 * every style, and every reference that no beat names.
 */
export function showReferences(
  references: readonly NamedReference[],
  beats: readonly ToldBeat[],
): ShownReferences {
  const unnamed = references
    .filter(({ name, kind }) => kind !== 'style' && !beats.some((beat) => isNamed(name, beat)))
    .map(({ name }) => name);
  const isShown = ({ name, kind }: NamedReference, beat: ToldBeat) =>
    kind === 'style' || unnamed.includes(name) || isNamed(name, beat);
  const byBeat = beats.map(
    (beat) =>
      beat.references ?? references.filter((reference) => isShown(reference, beat)).map(({ name }) => name),
  );
  return { byBeat, unnamed };
}

/** The words “the green bottle” name `green-bottle` as well. */
function isNamed(name: string, { words, references }: ToldBeat): boolean {
  return references?.includes(name) ?? mention(asWords(name)).test(asWords(words));
}

function asWords(text: string): string {
  return text.replace(/[\s_-]+/gu, ' ');
}

/** The reference pictures of a beat's still, in the order of the beat. Absent where the brief has none. */
export function picturesOf(
  { references }: Brief,
  { references: names }: Beat,
): readonly ArtifactRef[] | undefined {
  if (!references) return undefined;
  // A beat without a list shows every reference.
  const shown = names ?? references.map(({ name }) => name);
  const images = shown.flatMap((name) =>
    references.filter((reference) => reference.name === name).map(({ image }) => image),
  );
  return images.length > 0 ? images : undefined;
}
