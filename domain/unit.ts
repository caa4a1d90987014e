import { type BoughtMedium, type Medium, rowOf } from './media.ts';

/** Which unit of the video. */
export interface UnitPlace<Of extends Medium = Medium> {
  readonly medium: Of;
  /** 0-based; 0 for what belongs to the whole video. */
  readonly beat: number;
  /** 0-based within the beat; 0 for what is not made per chunk. */
  readonly chunk: number;
}

/** One thing to buy, and which attempt at it. */
export interface TakePlace extends UnitPlace<BoughtMedium> {
  /** 0-based; a new take is a new purchase. */
  readonly take: number;
}

/** Zero-padded to sort in a listing: a video has at most 60 beats and a beat at most 15 chunks. */
export function pad(index: number): string {
  return String(index).padStart(2, '0');
}

/** The stable name of a unit whatever its take, e.g. `still-03`, `chunk-03-01`, `score`. */
export function unitName({ medium, beat, chunk }: UnitPlace): string {
  const { per } = rowOf(medium);
  if (per === 'video') return medium;
  return per === 'beat' ? `${medium}-${pad(beat)}` : `${medium}-${pad(beat)}-${pad(chunk)}`;
}

/** Where the files of a unit lie below the video's folder, without what tells takes apart: `chunks/03-01`. */
export function unitPath({ medium, beat, chunk }: UnitPlace): string {
  const { folder, per } = rowOf(medium);
  const name = per === 'video' ? medium : per === 'beat' ? pad(beat) : `${pad(beat)}-${pad(chunk)}`;
  return folder === '' ? name : `${folder}/${name}`;
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
