import type { ArtifactRef } from './artifact.ts';
import type { Brief } from './brief.ts';
import { mention } from './mention.ts';
import type { Beat } from './storyboard.ts';

/** What a reference is a picture of. */
export const referenceKinds = ['product', 'person', 'place', 'style'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

/** Something that is to look the same in every beat that shows it. */
export interface NamedReference {
  /** Unique in the brief. Prompts name it so. */
  readonly name: string;
  readonly kind: ReferenceKind;
}

/** A reference of a brief, its picture in the folder of the video. */
export interface Reference extends NamedReference {
  readonly image: ArtifactRef;
  /** What is to be seen of it, in the person's words. */
  readonly note?: string | undefined;
}

/** The name by which `productImage` stands among the references of a brief that has others. */
export const productName = 'product';

/** What a beat tells, and which references a person named for it. */
export interface ToldBeat {
  /** All words that are told of it. */
  readonly words: string;
  /** Replaces every rule when present; also when empty. */
  readonly references?: readonly string[] | undefined;
}

export interface ShownReferences {
  /** For each beat the names of the references its still is made with, in the order of the brief, or as a person listed them. */
  readonly byBeat: readonly (readonly string[])[];
  /** Names of those that no beat names, and so every beat shows. */
  readonly unnamed: readonly string[];
}

/**
 * Says which beats show which references: those that a person listed for the beat; else those that its words name, every
 * style, and whatever no beat names.
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

/** `green-bottle` is named by “the green bottle” as well. */
function isNamed(name: string, { words, references }: ToldBeat): boolean {
  return references?.includes(name) ?? mention(asWords(name)).test(asWords(words));
}

function asWords(text: string): string {
  return text.replace(/[\s_-]+/gu, ' ');
}

/** The pictures that the still of a beat is made with, in the order of the beat. Absent where the brief names none. */
export function picturesOf(
  { references }: Brief,
  { references: names }: Beat,
): readonly ArtifactRef[] | undefined {
  if (!references) return undefined;
  // A storyboard that says nothing shows everything.
  const shown = names ?? references.map(({ name }) => name);
  const images = shown.flatMap((name) =>
    references.filter((reference) => reference.name === name).map(({ image }) => image),
  );
  return images.length > 0 ? images : undefined;
}
