import { type BoughtMedium, type Medium, rowOf } from './media.ts';

/** Which unit of the video. */
export interface UnitPlace<Of extends Medium = Medium> {
  readonly medium: Of;
  /** Its id, e.g. `b3`; empty for what belongs to the whole video. */
  readonly beat: string;
  /** 0-based within the beat; 0 for what is not made per chunk. */
  readonly chunk: number;
}

/** One thing to buy, and which attempt at it. */
export interface TakePlace extends UnitPlace<BoughtMedium> {
  /** 0-based; a new take is a new purchase. */
  readonly take: number;
}

/** What belongs to no beat. */
export const wholeVideo = { beat: '', chunk: 0 } as const;

/** The stable name of a unit whatever its take, e.g. `still-b3`, `chunk-b3-2` for the second chunk of it, `score`. */
export function unitName(place: UnitPlace): string {
  return isOfVideo(place) ? place.medium : `${place.medium}-${inVideo(place)}`;
}

/** Where the files of a unit lie below the video's folder, without what tells takes apart: `chunks/b3-2`. */
export function unitPath(place: UnitPlace): string {
  const { folder } = rowOf(place.medium);
  const name = isOfVideo(place) ? place.medium : inVideo(place);
  return folder === '' ? name : `${folder}/${name}`;
}

function isOfVideo({ medium }: UnitPlace): boolean {
  return rowOf(medium).per === 'video';
}

function inVideo({ medium, beat, chunk }: UnitPlace): string {
  return rowOf(medium).per === 'beat' ? beat : `${beat}-${chunk + 1}`;
}

/** Where the file that was bought lies below the video's folder, without its extension. */
export function boughtPath(place: UnitPlace<BoughtMedium>, predictionKey: string): string {
  return `${unitPath(place)}-${predictionKey.slice(0, 12)}`;
}

/** What one take is paid as, and what the ids of its activities begin with. */
export function takeName(place: TakePlace): string {
  return `${unitName(place)}-t${place.take}`;
}

/**
 * The id of the activity that waits for a purchase: whoever hears of its end completes it by this id. It names the
 * purchase and not only its place, because after a reset the same take may be bought with other words.
 */
export function awaitActivityId(place: TakePlace, predictionKey: string): string {
  return `${takeName(place)}-${predictionKey.slice(0, 8)}-await`;
}
