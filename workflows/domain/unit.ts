/** The five phases, in order. */
export const phases = ['plan', 'storyboard', 'chunks', 'stitch', 'music'] as const;
export type Phase = (typeof phases)[number];

/** Phases whose units are bought at a model host. */
export type BoughtPhase = 'storyboard' | 'chunks' | 'music';

/** One thing to buy, and which attempt at it. */
export interface UnitPlace {
  readonly phase: BoughtPhase;
  /** 0-based; 0 for the score. */
  readonly beat: number;
  /** 0-based within the beat; 0 for stills and the score. */
  readonly chunk: number;
  /** 0-based; a new take is a new purchase. */
  readonly take: number;
}

/** Zero-padded to sort in a listing: a video has at most 60 beats and a beat at most 15 chunks. */
export function pad(index: number): string {
  return String(index).padStart(2, '0');
}

/** The stable name of a unit whatever its take, e.g. `still-03`, `chunk-03-01`, `score`. */
export function unitName({ phase, beat, chunk }: Omit<UnitPlace, 'take'>): string {
  if (phase === 'storyboard') return `still-${pad(beat)}`;
  if (phase === 'chunks') return `chunk-${pad(beat)}-${pad(chunk)}`;
  return 'score';
}

/**
 * The id of the activity that waits for a purchase: whoever hears of its end completes it by this id. It names the
 * purchase and not only its place, because after a reset the same take may be bought with other words.
 */
export function awaitActivityId(unit: UnitPlace, predictionKey: string): string {
  return `${unitName(unit)}-t${unit.take}-${predictionKey.slice(0, 8)}-await`;
}
