import type { AspectRatio, Resolution } from '../brief.ts';

/** A beat by its id, or by its 1-based place in the story. */
export type BeatName = string | number;

/** Place of a beat: before or after another one; the end where neither is given. */
export interface Placing {
  readonly before?: BeatName;
  readonly after?: BeatName;
}

/** One change of a video. Places refer to the list as the edits before this one left it. */
export type Edit =
  /** The words for a beat's picture and movement. */
  | {
      readonly op: 'words';
      readonly beat: BeatName;
      readonly still?: string;
      readonly motion?: string;
      readonly title?: string;
    }
  /** In seconds: 5, 10 or 15. */
  | { readonly op: 'length'; readonly beat: BeatName; readonly seconds: number }
  | ({
      readonly op: 'insert';
      readonly still: string;
      readonly motion?: string;
      readonly title?: string;
      /** 5, 10 or 15. Default: 5. */
      readonly seconds?: number;
    } & Placing)
  | { readonly op: 'remove'; readonly beat: BeatName }
  | ({ readonly op: 'move'; readonly beat: BeatName } & Placing)
  /** Names in the catalogue, in order of preference, for one beat or for all. */
  | {
      readonly op: 'models';
      readonly beat?: BeatName;
      readonly still?: readonly string[];
      readonly clip?: readonly string[];
      readonly score?: readonly string[];
    }
  /** Another take of the same request. */
  | { readonly op: 'reroll'; readonly unit: string }
  /** An earlier take, used whatever the revision asks for. */
  | { readonly op: 'pin'; readonly unit: string; readonly take: number }
  | { readonly op: 'unpin'; readonly unit: string }
  /** A person's own picture in place of the still: a bucket key or an address. Absent: a bought still. */
  | { readonly op: 'picture'; readonly beat: BeatName; readonly image?: string }
  | { readonly op: 'music'; readonly enabled?: boolean; readonly words?: string }
  | { readonly op: 'aspectRatio'; readonly aspectRatio: AspectRatio }
  /** Size of the picture; buys nothing. */
  | { readonly op: 'resolution'; readonly resolution: Resolution }
  | { readonly op: 'title'; readonly title: string }
  /** Everything as in an earlier revision. */
  | { readonly op: 'rollBack'; readonly revision: number }
  /** The most the video may cost over all revisions, in US dollars. */
  | { readonly op: 'budget'; readonly usd: number };

/** One invalid part of an edit. */
export interface EditProblem {
  /** E.g. `edits[2].beat`; edits count from 0. */
  readonly field: string;
  readonly value: string;
  readonly rule: string;
}
