import { allMedia, boughtMedia, type BoughtMedium, type Medium, rowOf } from './media.ts';

/** The identity of a unit within its video. */
export interface UnitPlace<Of extends Medium = Medium> {
  readonly medium: Of;
  /** Id of its beat, e.g. `b3`; empty for units of the whole video. */
  readonly beat: string;
  /** 0-based within the beat; 0 for units that are not made per chunk. */
  readonly chunk: number;
}

/** One attempt at a unit that is bought. */
export interface TakePlace extends UnitPlace<BoughtMedium> {
  /** 0-based; a new take is a new purchase. */
  readonly take: number;
}

/** The place of a unit without a beat. */
export const wholeVideo = { beat: '', chunk: 0 } as const;

/** The stable name of a unit whatever its take, e.g. `still-b3`, `score`, `chunk-b3-2` for its beat's second chunk. */
export function unitName(place: UnitPlace): string {
  return isOfVideo(place) ? place.medium : `${place.medium}-${inVideo(place)}`;
}

/** Names of the units of these media, as a pattern without anchors. */
function namesOf(media: readonly Medium[]): string {
  const suffixes = { video: '', beat: '-b\\d+', chunk: '-b\\d+-\\d+' } as const;
  return media.map((medium) => `${medium}${suffixes[rowOf(medium).per]}`).join('|');
}

/** A whole name of a bought unit. */
export const boughtUnitName = new RegExp(`^(?:${namesOf(boughtMedia)})$`);
/** The name of a unit at the beginning of an activity id. */
export const unitInActivityId = new RegExp(`^(?:${namesOf(allMedia)})(?=-)`);

/** Path of a unit's files below the video's folder, without the part that differs between takes: `chunks/b3-2`. */
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

/** Path of a bought file below the video's folder, without its extension. */
export function boughtPath(place: UnitPlace<BoughtMedium>, predictionKey: string): string {
  return `${unitPath(place)}-${predictionKey.slice(0, 12)}`;
}

/** The purchase name of one take; also the prefix of its activity ids. */
export function takeName(place: TakePlace): string {
  return `${unitName(place)}-t${place.take}`;
}

/**
 * The id of the activity that waits for a purchase; a webhook or a look completes the activity by this id. It includes
 * the purchase and not only its place, because after a reset the same take may be bought with other words.
 */
export function awaitActivityId(place: TakePlace, predictionKey: string): string {
  return `${takeName(place)}-${predictionKey.slice(0, 8)}-await`;
}
