import { fingerprintOf } from './artifact.ts';
import type { Brief, ClipModelChoice } from './brief.ts';
import { startsFromPictures, toModels } from './brief.ts';
import type { ChunkPlan } from './chunks.ts';
import { picturesOf } from './references.ts';
import type { BoughtMedium } from './media.ts';
import type { Beat, Storyboard } from './storyboard.ts';
import { type UnitPlace, unitName, wholeVideo } from './unit.ts';
import { type StartsFrom, wantedKey } from './wanted-key.ts';

/** The parts of a revision that decide its requests. */
export interface WantedFrom {
  readonly brief: Brief;
  readonly storyboard: Storyboard;
}

/** Key of the request for a beat's still. @param words in place of the storyboard's */
export function wantedStill({ brief, storyboard }: WantedFrom, beat: Beat, words?: string): string {
  const { productImage, aspectRatio } = brief;
  const pictures = [...(productImage ? [productImage] : []), ...(picturesOf(brief, beat) ?? [])];
  const place = stillPlace(beat);
  return wantedKey({
    place,
    words: words ?? beat.stillPrompt,
    models: namesOf(toModels(beat.models?.still ?? brief.models.still)),
    aspectRatio,
    references: pictures.map(fingerprintOf),
    rolls: storyboard.rolls?.[unitName(place)],
  });
}

/** Key of the request for a chunk. @param words in place of the storyboard's @param from the start of the footage */
export function wantedChunk(
  { brief, storyboard }: WantedFrom,
  plan: Pick<ChunkPlan, 'beat' | 'chunk'>,
  { words, from }: { readonly words?: string | undefined; readonly from?: StartsFrom | undefined } = {},
): string {
  const beat = storyboard.beats.find(({ id }) => id === plan.beat);
  const clip = beat?.models?.clip ?? brief.models.clip;
  const models = toModels(clip);
  const place = chunkPlace(plan);
  const start = from && {
    purchase: from.purchase,
    ...(from.frames === undefined ? {} : { frames: from.frames }),
  };
  // The model gets these pictures beside the start. The start does not cover them where a person gave or chose it.
  const pictures = beat && models.some(({ referenceImages }) => referenceImages) && picturesOf(brief, beat);
  return wantedKey({
    place,
    words: words ?? wordsOf(beat, models),
    models: namesOf(models),
    aspectRatio: brief.aspectRatio,
    ...(pictures ? { references: pictures.map(fingerprintOf) } : {}),
    from: startsFromPictures(clip) ? start : undefined,
    rolls: storyboard.rolls?.[unitName(place)],
  });
}

/** Key of the request for the music, which is fitted to any length. @param words in place of the storyboard's */
export function wantedScore({ brief, storyboard }: WantedFrom, words?: string): string {
  return wantedKey({
    place: scorePlace,
    words: words ?? storyboard.musicPrompt,
    models: namesOf(toModels(brief.models.score)),
    rolls: storyboard.rolls?.[unitName(scorePlace)],
  });
}

export function stillPlace({ id }: Pick<Beat, 'id'>): UnitPlace<'still'> {
  return { medium: 'still', beat: id, chunk: 0 };
}

export function chunkPlace({ beat, chunk }: Pick<ChunkPlan, 'beat' | 'chunk'>): UnitPlace<'chunk'> {
  return { medium: 'chunk', beat, chunk };
}

export const scorePlace = { medium: 'score', ...wholeVideo } as const satisfies UnitPlace<BoughtMedium>;

/** All words that footage may follow, as a person wrote them. */
function wordsOf(beat: Beat | undefined, models: readonly ClipModelChoice[]): string {
  const { stillPrompt = '', motionPrompt = '' } = beat ?? {};
  return models.some(({ firstFrame }) => firstFrame === false)
    ? `${stillPrompt}\n${motionPrompt}`
    : motionPrompt;
}

function namesOf(models: readonly { readonly name: string }[]): readonly string[] {
  return models.map(({ name }) => name);
}
