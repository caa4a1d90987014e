/** The five phases, in order. */
export const phases = ['plan', 'storyboard', 'chunks', 'stitch', 'music'] as const;
export type Phase = (typeof phases)[number];

/** What the product knows of one medium. Everything that lists media reads this. */
interface MediumRow {
  readonly phase: Phase;
  /** What its files are called in a listing of the video's folder. */
  readonly folder: string;
  /** How its units are counted: one for each beat, one for each chunk, or one for the video. */
  readonly per: 'beat' | 'chunk' | 'video';
  /** The queue on which it is ordered; absent for what we make ourselves. */
  readonly queue?: string;
  /** What the catalogue calls the models that make it; absent for what we make ourselves. */
  readonly modelKind?: string;
  /** Whether progress lists its units at all times, or only those that failed. Default: at all times. */
  readonly listed?: 'when_failed';
  /** Where the manifest lists its files; absent for what is an aid alone. */
  readonly inManifest?: string;
}

/** Everything that a video is made of, in the order in which it is made. */
export const media = {
  storyboard: { phase: 'plan', folder: '', per: 'video' },
  still: {
    phase: 'storyboard',
    folder: 'stills',
    per: 'beat',
    queue: 'stills',
    modelKind: 'still',
    inManifest: 'stills',
  },
  preview: { phase: 'storyboard', folder: '', per: 'video', inManifest: 'preview' },
  chunk: {
    phase: 'chunks',
    folder: 'chunks',
    per: 'chunk',
    queue: 'chunks',
    modelKind: 'clip',
    inManifest: 'chunks',
  },
  'last-frame': { phase: 'chunks', folder: 'chunks', per: 'chunk', listed: 'when_failed' },
  clip: { phase: 'stitch', folder: 'clips', per: 'chunk', inManifest: 'clips' },
  cut: { phase: 'stitch', folder: '', per: 'video', inManifest: 'cut' },
  score: {
    phase: 'music',
    folder: 'scores',
    per: 'video',
    queue: 'score',
    modelKind: 'score',
    inManifest: 'score',
  },
  video: { phase: 'music', folder: '', per: 'video', inManifest: 'video' },
  manifest: { phase: 'music', folder: '', per: 'video', listed: 'when_failed' },
} as const satisfies Record<string, MediumRow>;

export type Medium = keyof typeof media;

/** Media that are bought at a model host. */
export type BoughtMedium = {
  [Name in Medium]: (typeof media)[Name] extends { queue: string } ? Name : never;
}[Medium];

type BoughtRow = (typeof media)[BoughtMedium];

/** The queues on which media are ordered. */
export type OrderQueue = BoughtRow['queue'];

/** What the catalogue knows models of, beside those that plan. */
export type ModelKind = BoughtRow['modelKind'];

/** In the order of the table. */
export const allMedia = Object.keys(media) as Medium[];
export const boughtMedia = allMedia.filter(isBought);
export const orderQueues = boughtMedia.map((medium): OrderQueue => media[medium].queue);
export const modelKinds = boughtMedia.map((medium): ModelKind => media[medium].modelKind);

export function isBought(medium: Medium): medium is BoughtMedium {
  return rowOf(medium).queue !== undefined;
}

/** The row of a medium with every column, for code that goes by a medium it does not know. */
export function rowOf(medium: Medium): MediumRow {
  return media[medium];
}
