/** The five phases, in order. */
export const phases = ['plan', 'storyboard', 'chunks', 'stitch', 'music'] as const;
export type Phase = (typeof phases)[number];

/** The facts about one medium. Everything that lists media reads this. */
interface MediumRow {
  readonly phase: Phase;
  /** Folder of its files below the video's folder. */
  readonly folder: string;
  /** The unit count: one for each beat, for each chunk, or for the video. */
  readonly per: 'beat' | 'chunk' | 'video';
  /** The queue of its orders; absent for media that we make ourselves. */
  readonly queue?: string;
  /** The catalogue's kind of the models that make it; absent for media that we make ourselves. */
  readonly modelKind?: string;
  /** Whether progress lists its units at all times, or only those that failed. Default: at all times. */
  readonly listed?: 'when_failed';
  /** The manifest's field for its files; absent for mere aids. */
  readonly inManifest?: string;
}

/** All parts of a video, in the order of their making. */
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
type Row = (typeof media)[Medium];

/** Media that are bought at a model host. */
export type BoughtMedium = {
  [Name in Medium]: (typeof media)[Name] extends { queue: string } ? Name : never;
}[Medium];

type BoughtRow = (typeof media)[BoughtMedium];

/** The queues of orders. */
export type OrderQueue = BoughtRow['queue'];

/** The catalogue's kinds of models, besides planners. */
export type ModelKind = BoughtRow['modelKind'];

/** Fields of a manifest that hold files. */
export type ManifestField = Extract<Row, { readonly inManifest: string }>['inManifest'];

/** In the order of the table. */
export const allMedia = Object.keys(media) as Medium[];
export const boughtMedia = allMedia.filter(isBought);
export const orderQueues = boughtMedia.map((medium): OrderQueue => media[medium].queue);
export const manifestFields = Object.values(media).flatMap((row): ManifestField[] =>
  'inManifest' in row ? [row.inManifest] : [],
);
export const modelKinds = boughtMedia.map((medium): ModelKind => media[medium].modelKind);

export function isBought(medium: Medium): medium is BoughtMedium {
  return rowOf(medium).queue !== undefined;
}

/** The row of a medium with every column, for code that handles any medium. */
export function rowOf(medium: Medium): MediumRow {
  return media[medium];
}
